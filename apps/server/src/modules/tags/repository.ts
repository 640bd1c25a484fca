/** The tags themselves. SQL only. */
import type { Color, Tag, TagUsage } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { nameTaken } from './problems.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type KnownTag = Tag & { key: string }

const selectTags = ({ actor }: Context, restriction: RawBuilder<unknown>): RawBuilder<KnownTag> =>
  sql<KnownTag>`SELECT id, name, key, color, version, created_at, updated_at FROM tags
    WHERE organization_id = ${actor.organization_id}::uuid ${restriction}`

export async function listTags(ctx: Context): Promise<KnownTag[]> {
  return (await selectTags(ctx, sql`ORDER BY key`).execute(ctx.tx)).rows
}

/** By key. They are held, so that none is deleted before the transaction has put it on a record. */
export async function holdTags(
  ctx: Context,
  { ids, keys }: { ids: readonly string[]; keys: readonly string[] },
): Promise<KnownTag[]> {
  const named = sql`AND (id = ANY(${ids}::uuid[]) OR key = ANY(${keys}::text[])) ORDER BY key FOR KEY SHARE`
  return (await selectTags(ctx, named).execute(ctx.tx)).rows
}

/** By id, for changes of the tags themselves: two that touch the same take turns. */
export async function lockTags(ctx: Context, ids: readonly string[]): Promise<KnownTag[]> {
  const named = sql`AND id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`
  return (await selectTags(ctx, named).execute(ctx.tx)).rows
}

export type NewTagRow = { id: string; name: string; key: string; color: Color }

/** Answers those that were made: a key that is there already is left alone. Given in the order of keys, so that two at once cannot wait for each other. */
export async function insertTags({ tx, actor }: Context, rows: readonly NewTagRow[]): Promise<KnownTag[]> {
  const { organization_id, user_id } = actor
  const made = await sql<KnownTag>`
    INSERT INTO tags (organization_id, id, name, key, color, created_by)
    SELECT ${organization_id}::uuid, t.id, t.name, t.key, t.color, ${user_id}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, name text, key text, color text)
    ON CONFLICT (organization_id, key) DO NOTHING
    RETURNING id, name, key, color, version, created_at, updated_at`.execute(tx)
  return made.rows
}

export async function countTags({ tx, actor }: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM tags WHERE organization_id = ${actor.organization_id}::uuid`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function updateTagRow(
  { tx, actor }: Context,
  id: string,
  { name, key, color }: Pick<NewTagRow, 'name' | 'key' | 'color'>,
): Promise<KnownTag> {
  const { rows } = await sql<KnownTag>`
    UPDATE tags SET name = ${name}, key = ${key}, color = ${color}, version = version + 1, updated_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid
    RETURNING id, name, key, color, version, created_at, updated_at`
    .execute(tx)
    .catch(asNameTaken)
  const [tag] = rows
  if (!tag) throw new Error(`The locked tag ${id} is gone.`)
  return tag
}

/** The database decides, so that two renamings at once cannot both have the name. */
function asNameTaken(error: unknown): never {
  throw (error as { code?: string }).code === '23505' ? nameTaken() : error
}

/** Takes the tags off all records and away. */
export async function deleteTagRows({ tx, actor }: Context, ids: readonly string[]): Promise<number> {
  const { organization_id } = actor
  const taken = await sql`
    DELETE FROM record_tags WHERE organization_id = ${organization_id}::uuid AND tag_id = ANY(${ids}::uuid[])`.execute(
    tx,
  )
  await sql`DELETE FROM tags WHERE organization_id = ${organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(
    tx,
  )
  return Number(taken.numAffectedRows ?? 0)
}

/** Whatever carries one of the tags carries the other one, too. */
export async function copyCarriers(
  { tx, actor }: Context,
  from: readonly string[],
  to: string,
): Promise<void> {
  await sql`
    INSERT INTO record_tags (organization_id, object, record_id, tag_id)
    SELECT DISTINCT k.organization_id, k.object, k.record_id, ${to}::uuid FROM record_tags k
    WHERE k.organization_id = ${actor.organization_id}::uuid AND k.tag_id = ANY(${from}::uuid[])
    ON CONFLICT DO NOTHING`.execute(tx)
}

export async function countCarriers({ tx, actor }: Context, id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM record_tags
    WHERE organization_id = ${actor.organization_id}::uuid AND tag_id = ${id}::uuid`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function readUsage({ tx, actor }: Context): Promise<TagUsage[]> {
  const { rows } = await sql<TagUsage>`
    SELECT tag_id, object, count(*)::int AS records FROM record_tags
    WHERE organization_id = ${actor.organization_id}::uuid GROUP BY tag_id, object ORDER BY tag_id, object`.execute(
    tx,
  )
  return rows
}
