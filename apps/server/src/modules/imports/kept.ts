/** SQL of what an import keeps of its own doing: what it made, what it changed, and which cells it has still to follow. */
import { contactsTarget } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type KeptLink = {
  row: number
  field: string
  column_name: string
  record_id: string
  text: string
  source: string[]
}

/** Of which object the records are; empty for what the file is of. */
type Kept = { import_id: string; place: number; object: string }

export async function keepCreated(
  { tx, actor }: Context,
  { import_id, place, object }: Kept,
  created: string[],
): Promise<void> {
  if (created.length === 0) return
  await tx
    .insertInto('import_batches')
    .values({ organization_id: actor.organization_id, import_id, place, object, created })
    .execute()
}

type Of = { import_id: string; object: string }

/** @param versions the version that each change made. A record that the same import made is told by its timeline. */
export async function keepChanges(
  { tx, actor }: Context,
  { import_id, object }: Of,
  versions: ReadonlyMap<string, number>,
): Promise<void> {
  if (versions.size === 0) return
  const rows = [...versions].map(([record_id, version]) => ({ record_id, version }))
  await sql`
    INSERT INTO import_changes (organization_id, import_id, record_id, version, is_own)
    SELECT ${actor.organization_id}::uuid, ${import_id}::uuid, n.record_id, n.version, EXISTS (
      SELECT FROM activities a WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object}
        AND a.record_id = n.record_id AND a.type = 'created' AND a.data->>'import_id' = ${import_id})
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (record_id uuid, version int)
    ON CONFLICT DO NOTHING`.execute(tx)
}

export async function keepLinks(
  { tx, actor }: Context,
  import_id: string,
  links: readonly KeptLink[],
): Promise<void> {
  if (links.length === 0) return
  const { organization_id } = actor
  await tx
    .insertInto('import_links')
    .values(
      links.map((link) => ({ organization_id, import_id, ...link, source: JSON.stringify(link.source) })),
    )
    .execute()
}

const linksAtOnce = 500

export async function nextLinks({ tx, actor }: Context, import_id: string): Promise<KeptLink[]> {
  const rows = await tx
    .selectFrom('import_links')
    .select(['row', 'field', 'column_name', 'record_id', 'text', 'source'])
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', import_id)
    .orderBy('row')
    .orderBy('field')
    .limit(linksAtOnce)
    .execute()
  return rows.map((row) => ({ ...row, source: row.source as string[] }))
}

export async function dropLinks({ tx, actor }: Context, import_id: string, links: readonly KeptLink[]) {
  const { organization_id } = actor
  const places = links.map(({ row, field }) => ({ row, field }))
  await sql`
    DELETE FROM import_links l USING jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS n (row int, field text)
    WHERE l.organization_id = ${organization_id}::uuid AND l.import_id = ${import_id}::uuid
      AND l.row = n.row AND l.field = n.field`.execute(tx)
}

export type KeptChange = { record_id: string; version: number }

/** Changes of records that were there before, the latest of each first. */
export async function nextChanges({ tx, actor }: Context, import_id: string): Promise<KeptChange[]> {
  const { rows } = await sql<KeptChange>`
    SELECT DISTINCT ON (record_id) record_id, version FROM import_changes
    WHERE organization_id = ${actor.organization_id}::uuid AND import_id = ${import_id}::uuid
      AND NOT is_own AND outcome IS NULL
    ORDER BY record_id, version DESC LIMIT ${linksAtOnce}`.execute(tx)
  return rows
}

export type Taken = KeptChange & { outcome: 'undone' | 'kept'; fields: readonly string[] }

export async function settleChanges({ tx, actor }: Context, import_id: string, taken: readonly Taken[]) {
  await sql`
    UPDATE import_changes c SET outcome = n.outcome, fields = ARRAY(SELECT jsonb_array_elements_text(n.fields))
    FROM jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) AS n (record_id uuid, version int, outcome text, fields jsonb)
    WHERE c.organization_id = ${actor.organization_id}::uuid AND c.import_id = ${import_id}::uuid
      AND c.record_id = n.record_id AND c.version = n.version`.execute(tx)
}

type CreatedBatch = { place: number; object: string; created: { id: string; version: number }[] }

/**
 * The last batch that is left, with the version that the import left each record at. What was made because the rows
 * name it comes after these.
 */
export async function lastBatch(
  { tx, actor }: Context,
  import_id: string,
): Promise<CreatedBatch | undefined> {
  const { rows } = await sql<CreatedBatch>`
    SELECT b.place, b.object, (
      SELECT json_agg(json_build_object('id', n.id, 'version', coalesce((
        SELECT max(c.version) FROM import_changes c WHERE c.organization_id = b.organization_id
          AND c.import_id = b.import_id AND c.record_id = n.id AND c.is_own), 1)))
      FROM unnest(b.created) AS n (id)) AS created
    FROM import_batches b
    WHERE b.organization_id = ${actor.organization_id}::uuid AND b.import_id = ${import_id}::uuid
    ORDER BY b.place DESC, b.object LIMIT 1`.execute(tx)
  return rows[0]
}

/** The batch is dealt with; what was left of it is told as kept. */
export async function dropBatch(
  { tx, actor }: Context,
  { import_id, place, object }: Kept,
  kept: readonly KeptChange[],
): Promise<void> {
  const { organization_id } = actor
  await tx
    .deleteFrom('import_batches')
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .where('place', '=', place)
    .where('object', '=', object)
    .execute()
  if (kept.length === 0) return
  await sql`
    INSERT INTO import_changes (organization_id, import_id, object, record_id, version, is_own, outcome)
    SELECT ${organization_id}::uuid, ${import_id}::uuid, ${object}, n.record_id, n.version, true, 'kept'
    FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) AS n (record_id uuid, version int)
    ON CONFLICT (organization_id, import_id, record_id, version) DO UPDATE SET outcome = 'kept'`.execute(tx)
}

/** Records whose people the undo left: no version of them is meant, so they have none here. */
export async function keepLinked({ tx, actor }: Context, import_id: string, record_ids: readonly string[]) {
  await sql`
    INSERT INTO import_changes (organization_id, import_id, record_id, version, is_own, outcome, fields)
    SELECT ${actor.organization_id}::uuid, ${import_id}::uuid, n.id, 0, false, 'kept', ${[contactsTarget]}::text[]
    FROM unnest(${record_ids}::uuid[]) AS n (id) ON CONFLICT DO NOTHING`.execute(tx)
}

const keptShown = 200

export function listKept({ tx, actor }: Context, import_id: string) {
  return tx
    .selectFrom('import_changes')
    .select(['object', 'record_id', 'fields'])
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', import_id)
    .where('outcome', '=', 'kept')
    .orderBy('record_id')
    .limit(keptShown)
    .execute()
}
