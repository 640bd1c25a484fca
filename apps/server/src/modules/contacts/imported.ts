/** The people whom a file names beside its records: linked many at a time, and taken off with the import. */
import { sql } from 'kysely'
import { mayTouch } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { emitFact, lockRows, type BaseRow } from '../records/index.ts'
import type { Linking } from './linking.ts'

const takenAtOnce = 500

/** The ids of the contacts of each of the records that has any. */
export async function linkedContactsOfAll<Row extends BaseRow>(
  { tx, actor }: Ctx,
  { table, column }: Linking<Row>,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ record_id: string; contact_ids: string[] }>`
    SELECT ${sql.ref(column)} AS record_id, array_agg(contact_id::text) AS contact_ids FROM ${sql.table(table)}
    WHERE organization_id = ${actor.organization_id}::uuid AND ${sql.ref(column)} = ANY(${ids}::uuid[])
    GROUP BY 1`.execute(tx)
  return new Map(rows.map(({ record_id, contact_ids }) => [record_id, contact_ids]))
}

type Joined = { record_id: string; contact_id: string }

/**
 * The records may be changed and the contacts may be read; what is linked already stays as it is. Links of records
 * that were there remember the import, which takes them back; those of new ones go with their record.
 */
export async function linkImported<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  joined: readonly (Joined & { is_new: boolean })[],
  import_id: string,
): Promise<void> {
  const column = sql.ref(linking.column)
  const { rows } = await sql<Joined>`
    INSERT INTO ${sql.table(linking.table)} (organization_id, ${column}, contact_id, import_id)
    SELECT ${ctx.actor.organization_id}::uuid, n.record_id, n.contact_id, CASE WHEN NOT n.is_new THEN ${import_id}::uuid END
    FROM jsonb_to_recordset(${JSON.stringify(joined)}::jsonb) AS n (record_id uuid, contact_id uuid, is_new boolean)
    ON CONFLICT DO NOTHING RETURNING ${column} AS record_id, contact_id`.execute(ctx.tx)
  await tellAll(ctx, linking, 'linked', rows)
}

/**
 * Takes off some of the people whom the import linked with records that were there, and answers the records where they
 * stay: those that the caller may not change or that are in the trash, and those where somebody has said since what
 * part the person has. Null when none are left.
 */
export async function unlinkImported<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  import_id: string,
): Promise<{ kept: string[] } | null> {
  const { tx, actor } = ctx
  const { definition } = linking
  const { read, update } = definition.records.permissions
  const table = sql.table(linking.table)
  const column = sql.ref(linking.column)
  const ofImport = sql`l.organization_id = ${actor.organization_id}::uuid AND l.import_id = ${import_id}::uuid`
  const { rows: links } = await sql<Joined>`
    SELECT l.${column} AS record_id, l.contact_id FROM ${table} l WHERE ${ofImport} LIMIT ${takenAtOnce}`.execute(
    tx,
  )
  if (links.length === 0) return null
  const records = await lockRows(ctx, definition, [...new Set(links.map(({ record_id }) => record_id))])
  const mayChange = ({ record_id }: Joined) => {
    const record = records.get(record_id)
    const isThere = record !== undefined && record.deleted_at === null
    return isThere && [read, update].every((permission) => mayTouch(actor, permission, record.owner_id))
  }
  const among = (some: readonly Joined[]) => sql`EXISTS (
    SELECT FROM jsonb_to_recordset(${JSON.stringify(some)}::jsonb) AS n (record_id uuid, contact_id uuid)
    WHERE n.record_id = l.${column} AND n.contact_id = l.contact_id)`
  const gone = await sql<Joined>`
    DELETE FROM ${table} l WHERE ${ofImport} AND l.part IS NULL AND ${among(links.filter(mayChange))}
    RETURNING l.${column} AS record_id, l.contact_id`.execute(tx)
  await tellAll(ctx, linking, 'unlinked', gone.rows)
  const left = await sql<Joined>`
    UPDATE ${table} l SET import_id = NULL WHERE ${ofImport} AND ${among(links)}
    RETURNING l.${column} AS record_id`.execute(tx)
  return { kept: [...new Set(left.rows.map(({ record_id }) => record_id))] }
}

/** On the timelines of both, and to whoever listens. */
async function tellAll<Row extends BaseRow>(
  ctx: Ctx,
  { definition, events }: Linking<Row>,
  what: 'linked' | 'unlinked',
  joined: readonly Joined[],
): Promise<void> {
  if (joined.length === 0) return
  const { object } = definition.records
  const about = (other: string, id: string) => ({ type: what, data: { object: other, id } })
  await writeActivities(
    ctx,
    joined.flatMap(({ record_id, contact_id }) => [
      { object, record_id, ...about('contact', contact_id) },
      { object: 'contact', record_id: contact_id, ...about(object, record_id) },
    ]),
  )
  const records = await lockRows(ctx, definition, [...new Set(joined.map(({ record_id }) => record_id))])
  for (const { record_id, contact_id } of joined) {
    const record = records.get(record_id)
    const link = { contact_id, part: null }
    if (record)
      emitFact(ctx, definition, events[what], record, {
        changes: what === 'linked' ? { after: link } : { before: link },
        data: { contact_id },
      })
  }
}
