/** The log of personal data that left the organization. */
import type { NewTransfer, Transfer } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { z } from 'zod'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { mentions, type PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Row = Omit<Transfer, 'actor'> & { actor_id: string | null; actor_name: string }
type New = z.output<typeof NewTransfer> & Pick<Partial<Transfer>, 'kind' | 'request_id'>

const columns = sql`t.id, t.kind, t.recipient, t.country, t.purpose, t.legal_basis, t.categories, t.records, t.request_id,
  t.actor_id, t.actor_name, t.occurred_at`

export async function insertTransfer(ctx: Ctx, given: New): Promise<Transfer> {
  const { tx, actor, emit } = ctx
  const { kind = 'other', recipient, country = null, purpose, legal_basis = null, categories = [] } = given
  const { records = null, request_id = null, occurred_at = null } = given
  const [row] = (
    await sql<Row>`
      INSERT INTO data_transfers AS t (organization_id, id, kind, recipient, country, purpose, legal_basis, categories, records, request_id,
        actor_id, actor_name, occurred_at)
      VALUES (${actor.organization_id}::uuid, ${newId()}::uuid, ${kind}, ${recipient}, ${country}, ${purpose}, ${legal_basis},
        ${categories}::text[], ${records}::bigint, ${request_id}::uuid, ${actor.user_id}::uuid, ${actor.name}, coalesce(${occurred_at}::timestamptz, now()))
      RETURNING ${columns}`.execute(tx)
  ).rows
  if (!row) throw new Error('The transfer was not written.')
  emit({
    type: 'data_transfer.recorded',
    record: { object: 'data_transfer', id: row.id },
    data: { kind },
    changes: { before: null, after: { kind, recipient, country, legal_basis, records } },
  })
  return present(row)
}

const order = 'transfers:-occurred_at,-id'

export async function listTransfers(
  { tx, actor }: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Transfer[]; next_cursor: string | null }> {
  const [occurred_at, id] = cursor === undefined ? [] : decodeCursor(order, ['timestamptz', 'uuid'], cursor)
  const after =
    occurred_at === undefined
      ? sql``
      : sql`AND (t.occurred_at, t.id) < (${occurred_at}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<Row & { keys: string }>`
    SELECT ${columns}, json_build_array(t.occurred_at::text, t.id::text)::text AS keys FROM data_transfers t
    WHERE t.organization_id = ${actor.organization_id}::uuid ${after}
    ORDER BY t.occurred_at DESC, t.id DESC LIMIT ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)?.keys : undefined
  return {
    items: shown.map(({ keys: _, ...row }) => present(row)),
    next_cursor: last === undefined ? null : encodeCursor(order, last),
  }
}

const present = ({ actor_id, actor_name, ...row }: Row): Transfer => ({
  ...row,
  actor: { id: actor_id, name: actor_name },
})

/** Why and to whom something was handed out may name the person; that it was stays. */
export const transferPersonalData: PersonalData = {
  table: 'data_transfers',
  async erase({ tx, actor }, person) {
    const { rows } = await sql<{ id: string; text: string; about: boolean }>`
      SELECT t.id, concat_ws(' ', t.purpose, t.recipient, array_to_string(t.categories, ' ')) AS text,
        coalesce(r.record_ids && ${person.record_ids}::uuid[], false) AS about
      FROM data_transfers t
      LEFT JOIN privacy_requests r ON r.organization_id = t.organization_id AND r.id = t.request_id
      WHERE t.organization_id = ${actor.organization_id}::uuid AND t.purpose <> ''`.execute(tx)
    const ids = rows.filter(({ text, about }) => about || mentions(text, person)).map(({ id }) => id)
    await sql`
      UPDATE data_transfers SET purpose = '', recipient = CASE WHEN kind = 'other' THEN '' ELSE recipient END, categories = '{}'
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx)
    return ids.length
  },
}
