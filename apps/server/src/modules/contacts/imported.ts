/** The people whom a file names beside its records: linked many at a time, and taken off with the import. */
import { sql } from 'kysely'
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

type Joined = { record_id: string; contact_id: string; part?: string | null }

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

/** Takes off some of the people whom the import linked with records that were there; false when none are left. */
export async function unlinkImported<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  import_id: string,
): Promise<boolean> {
  const { organization_id } = ctx.actor
  const table = sql.table(linking.table)
  const column = sql.ref(linking.column)
  const { rows } = await sql<Joined>`
    DELETE FROM ${table} l USING (
      SELECT ${column} AS record_id, contact_id FROM ${table}
      WHERE organization_id = ${organization_id}::uuid AND import_id = ${import_id}::uuid LIMIT ${takenAtOnce}) gone
    WHERE l.organization_id = ${organization_id}::uuid AND l.${column} = gone.record_id AND l.contact_id = gone.contact_id
    RETURNING gone.record_id, l.contact_id, l.part`.execute(ctx.tx)
  await tellAll(ctx, linking, 'unlinked', rows)
  return rows.length > 0
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
  for (const { record_id, contact_id, part = null } of joined) {
    const record = records.get(record_id)
    const link = { contact_id, part }
    if (record)
      emitFact(ctx, definition, events[what], record, {
        changes: what === 'linked' ? { after: link } : { before: link },
        data: { contact_id },
      })
  }
}
