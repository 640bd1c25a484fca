/**
 * What is kept beside records of any kind changes only whom it belongs to: each row to the winner, and back. It is
 * written down here for all of it, since that one column is all that a merge knows of those tables.
 */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

type Beside = {
  table: string
  /** Leads to the record; */
  column: string
  /** of this object only, or of whichever the column `object` says. */
  object: string | null
  /** What tells the row apart from others beside the same record. */
  key: string
  /** Of a row that the winner may have already, as a link to the same lead: what must not be there. */
  once?: string
}

const kept: readonly Beside[] = [
  { table: 'notes', column: 'record_id', object: null, key: 'id' },
  { table: 'attachments', column: 'record_id', object: null, key: 'id' },
  {
    table: 'follow_ups',
    column: 'record_id',
    object: null,
    key: 'id',
    once: "k.object = t.object AND k.number = t.number AND k.status = 'open' AND t.status = 'open'",
  },
  { table: 'consents', column: 'record_id', object: null, key: 'id' },
  {
    table: 'task_links',
    column: 'record_id',
    object: null,
    key: 'task_id',
    once: 'k.task_id = t.task_id AND k.object = t.object',
  },
  {
    table: 'lead_contacts',
    column: 'contact_id',
    object: 'contact',
    key: 'lead_id',
    once: 'k.lead_id = t.lead_id',
  },
  {
    table: 'lead_contacts',
    column: 'lead_id',
    object: 'lead',
    key: 'contact_id',
    once: 'k.contact_id = t.contact_id',
  },
  {
    table: 'deal_contacts',
    column: 'contact_id',
    object: 'contact',
    key: 'deal_id',
    once: 'k.deal_id = t.deal_id',
  },
  {
    table: 'deal_contacts',
    column: 'deal_id',
    object: 'deal',
    key: 'contact_id',
    once: 'k.contact_id = t.contact_id',
  },
  { table: 'conversions', column: 'company_id', object: 'company', key: 'lead_id' },
  { table: 'conversions', column: 'contact_id', object: 'contact', key: 'lead_id' },
  { table: 'conversions', column: 'deal_id', object: 'deal', key: 'lead_id' },
  { table: 'line_items', column: 'product_id', object: 'product', key: 'id' },
]

export type Moved = { table: string; column: string; from: string; keys: string[] }

/** One loser after the other, so that of two alike the first is moved and the second stays where it is. */
export async function moveRows(ctx: Context, object: string, from: string, to: string): Promise<Moved[]> {
  const moved: Moved[] = []
  for (const beside of kept.filter((one) => one.object === null || one.object === object)) {
    const keys = await moveTable(ctx, beside, { object, from, to })
    if (keys.length > 0) moved.push({ table: beside.table, column: beside.column, from, keys })
  }
  return moved
}

type Way = { object: string; from: string; to: string }

async function moveTable(
  { tx, actor }: Context,
  beside: Beside,
  { object, from, to }: Way,
): Promise<string[]> {
  const { table, column, key, once } = beside
  const of = beside.object === null ? sql`AND t.object = ${object}` : sql``
  const absent = once
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${sql.table(table)} k
        WHERE k.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`k.${column}`)} = ${to}::uuid AND ${sql.raw(once)})`
    : sql``
  const { rows } = await sql<{ key: string }>`
    UPDATE ${sql.table(table)} t SET ${sql.ref(column)} = ${to}::uuid
    WHERE t.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`t.${column}`)} = ${from}::uuid ${of} ${absent}
    RETURNING ${sql.ref(`t.${key}`)} AS key`.execute(tx)
  return rows.map((row) => row.key)
}

/** What was deleted, or moved on, since then stays as it is. */
export async function moveRowsBack(
  { tx, actor }: Context,
  object: string,
  winner_id: string,
  moved: readonly Moved[],
): Promise<void> {
  for (const { table, column, from, keys } of moved) {
    const beside = kept.find((one) => one.table === table && one.column === column)
    if (!beside) continue
    const of = beside.object === null ? sql`AND t.object = ${object}` : sql``
    await sql`
      UPDATE ${sql.table(table)} t SET ${sql.ref(column)} = ${from}::uuid
      WHERE t.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`t.${column}`)} = ${winner_id}::uuid ${of}
        AND ${sql.ref(`t.${beside.key}`)} = ANY(${keys}::uuid[])`.execute(tx)
  }
}
