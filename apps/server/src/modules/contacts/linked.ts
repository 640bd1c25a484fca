/** Records and their contacts read across their links: what is in the trash or out of the caller's reach is left out. */
import type { LinkedContact } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { JsonText, type ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  includedBy,
  presentation,
  reachableClause,
  relationsOf,
  seenBy,
  visibleClause,
} from '../../platform/lists/index.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { BaseRow, RecordDefinition } from '../records/index.ts'
import { contacts } from './definition.ts'
import type { Linking } from './linking.ts'

/** More than a page shows of one record; the rest is found in the lists. */
const shownAtMost = 200

type Side = {
  records: RecordDefinition<BaseRow>['records']
  column: Linking<BaseRow>['column'] | 'contact_id'
}
type Table = Linking<BaseRow>['table']
const contact: Side = { records: contacts.records, column: 'contact_id' }

const sideOf = <Row extends BaseRow>({ definition, column }: Linking<Row>): Side => ({
  records: definition.records,
  column,
})

/** The contacts of a record. */
export const listLinkedContacts = <Row extends BaseRow>(
  ctx: ReadContext,
  linking: Linking<Row>,
  id: string,
) => listAcross(ctx, linking.table, sideOf(linking), contact, id, sql`l.created_at, l.contact_id`)

/** The records of that kind that a contact has a part in. */
export const listOfContact = <Row extends BaseRow>(ctx: ReadContext, linking: Linking<Row>, id: string) =>
  listAcross(ctx, linking.table, contact, sideOf(linking), id, sql`r.created_at DESC, r.id DESC`)

async function listAcross(
  { actor, read }: ReadContext,
  table: Table,
  from: Side,
  to: Side,
  id: string,
  order: RawBuilder<unknown>,
): Promise<JsonText> {
  const statement = sql<{ items: string }>`
    SELECT (SELECT coalesce(json_agg(linked.item), '[]')::text FROM (
        SELECT ${linkJson(actor, to)} AS item ${across(actor, table, from, to, id)} ORDER BY ${order} LIMIT ${shownAtMost}) linked) AS items
    FROM ${sql.table(from.records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid ${visibleClause(from.records, actor)}`
  const [row] = await read(statement.compile(queryBuilder))
  if (!row) throw notFound(from.records.family, id)
  return new JsonText(`{"items":${row.items},"next_cursor":null}`)
}

/** One of them, in the transaction that writes. */
export async function readLinkedContacts<Row extends BaseRow>(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  linking: Linking<Row>,
  id: string,
  contact_id: string,
): Promise<LinkedContact[]> {
  const { rows } = await sql<{ item: LinkedContact }>`
    SELECT ${linkJson(actor, contact)} AS item ${across(actor, linking.table, sideOf(linking), contact, id)} AND r.id = ${contact_id}::uuid`.execute(
    tx,
  )
  return rows.map(({ item }) => item)
}

/**
 * The contacts of the record `r` as one text, `Ana Lima (ana@acme.com); Bo Li`, which imports read; null without any.
 */
export function linkedNames<Row extends BaseRow>(
  actor: Actor,
  { table, column }: Linking<Row>,
): RawBuilder<string | null> {
  const { records: target } = contacts
  const address = seenBy(target, actor).fields.has('email') ? sql`' (' || t.email || ')'` : sql`NULL`
  return sql<string | null>`(
    SELECT string_agg(t.full_name || coalesce(${address}, ''), '; ' ORDER BY l.created_at, l.contact_id)
    FROM ${sql.table(table)} l
    CROSS JOIN LATERAL (SELECT t.full_name, t.email ${reachableClause({ target }, actor)} AND t.id = l.contact_id) t
    WHERE l.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`l.${column}`)} = r.id)`
}

function across(actor: Actor, table: Table, from: Side, to: Side, id: string): RawBuilder<unknown> {
  return sql`FROM ${sql.table(table)} l
    JOIN ${sql.table(to.records.table)} r ON r.organization_id = l.organization_id AND r.id = ${sql.ref(`l.${to.column}`)}
    WHERE l.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`l.${from.column}`)} = ${id}::uuid
      AND r.organization_id = ${actor.organization_id}::uuid AND r.deleted_at IS NULL ${visibleClause(to.records, actor)}`
}

function linkJson(actor: Actor, { records }: Side): RawBuilder<unknown> {
  const included = relationsOf(seenBy(records, actor)).map((relation) => includedBy(relation, actor))
  return sql`json_build_object(
    ${sql.lit(records.object)}, (SELECT row_to_json(x) FROM (SELECT ${presentation(records, actor, { included })}) x),
    'part', l.part, 'linked_at', to_char(l.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
}
