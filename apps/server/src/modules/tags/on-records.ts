/** Which tags records carry, and what a caller's words for tags come to. */
import {
  colors,
  isTagId,
  maxRecordTags,
  maxTags,
  tagKey,
  type Color,
  type RecordTag,
  type TagChange,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import { scopeOf } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { tellTag } from './facts.ts'
import { tooManyOnRecord, tooManyTags, unknownTags } from './problems.ts'
import { countTags, holdTags, insertTags, type KnownTag } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** What a record is to carry, by name: what it carries now, and what the caller wants of it. Throws what is wrong with that. */
export type Settle = (change: TagChange, now: readonly RecordTag[]) => RecordTag[]

/** Looks up all the words at once. Names that are new make tags, where the role may do so. */
export async function settleWords(ctx: Ctx, changes: readonly TagChange[]): Promise<Settle> {
  const texts = [...new Set(changes.flatMap(addedBy))]
  const known = texts.length === 0 ? [] : await findOrMake(ctx, texts)
  const [byId, byKey] = [keyed(known, ({ id }) => id), keyed(known, ({ key }) => key)]
  const find = (text: string) => (isTagId(text) ? byId.get(text.toLowerCase()) : byKey.get(tagKey(text)))
  return (change, now) => {
    const added = addedBy(change)
    const strange = added.filter((text) => !find(text))
    if (strange.length > 0) throw unknownTags(strange)
    const removed = Array.isArray(change) ? [] : (change.remove ?? [])
    const stays = Array.isArray(change)
      ? []
      : now.filter((tag) => !removed.some((text) => isCalled(tag, text)))
    const comes = added
      .flatMap((text) => find(text) ?? [])
      .map(({ id, name, color }) => ({ id, name, color }))
    const tags = [...keyed([...stays, ...comes], ({ id }) => id).values()].toSorted(inOrder)
    if (tags.length > maxRecordTags) throw tooManyOnRecord()
    return tags
  }
}

const keyed = <Item>(items: readonly Item[], keyOf: (item: Item) => string) =>
  new Map(items.map((item) => [keyOf(item), item]))

const addedBy = (change: TagChange): readonly string[] =>
  Array.isArray(change) ? change : (change.add ?? [])

const isCalled = ({ id, name }: RecordTag, text: string) =>
  isTagId(text) ? id === text.toLowerCase() : tagKey(name) === tagKey(text)

/** As the database orders keys, by their bytes. */
const inOrder = (one: RecordTag, other: RecordTag) =>
  Buffer.compare(Buffer.from(tagKey(one.name)), Buffer.from(tagKey(other.name)))

async function findOrMake(ctx: Ctx, texts: readonly string[]): Promise<KnownTag[]> {
  // Of several spellings the first is kept.
  const words = texts.filter((text) => !isTagId(text)).toReversed()
  const names = new Map(words.map((name) => [tagKey(name), name]))
  const known = await holdTags(ctx, { ids: texts.filter(isTagId), keys: [...names.keys()] })
  for (const { key } of known) names.delete(key)
  if (names.size === 0 || scopeOf(ctx.actor, 'tags:create') === undefined) return known
  return [...known, ...(await makeTags(ctx, names))]
}

/** @param names the name of each new tag by its key. */
async function makeTags(ctx: Ctx, names: ReadonlyMap<string, string>): Promise<KnownTag[]> {
  const count = await countTags(ctx)
  if (count + names.size > maxTags) throw tooManyTags()
  const rows = [...names]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, name], at) => ({ id: newId(), name, key, color: colorAt(count + at) }))
  const made = await insertTags(ctx, rows)
  for (const tag of made) tellTag(ctx, 'created', tag, { after: { name: tag.name, color: tag.color } })
  // When somebody else made one of them at the same moment, theirs is taken.
  return made.length === rows.length ? made : holdTags(ctx, { ids: [], keys: [...names.keys()] })
}

/** Tags that nobody gave a colour take turns through the palette; the first is grey, as if it had none. */
export const colorAt = (count: number): Color => colors[1 + (count % (colors.length - 1))] ?? colors[0]

/** Puts tags on records, each with its own. */
export async function addTags(
  { tx, actor }: Context,
  object: string,
  records: readonly { id: string; tags: readonly RecordTag[] }[],
): Promise<void> {
  const rows = records.flatMap(({ id, tags }) => tags.map((tag) => ({ record_id: id, tag_id: tag.id })))
  if (rows.length === 0) return
  await sql`
    INSERT INTO record_tags (organization_id, object, record_id, tag_id)
    SELECT ${actor.organization_id}::uuid, ${object}, k.record_id, k.tag_id
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS k(record_id uuid, tag_id uuid)
    ON CONFLICT DO NOTHING`.execute(tx)
}

type TagsChanged = { id: string; before: readonly RecordTag[]; after: readonly RecordTag[] }

/** Makes exactly those after the tags of each record; the records are locked. */
export async function changeTags(
  ctx: Context,
  object: string,
  records: readonly TagsChanged[],
): Promise<void> {
  const { tx, actor } = ctx
  const gone = records.flatMap(({ id, before, after }) =>
    without(before, after).map((tag) => ({ record_id: id, tag_id: tag.id })),
  )
  const come = records.map(({ id, before, after }) => ({ id, tags: without(after, before) }))
  await Promise.all([
    addTags(ctx, object, come),
    gone.length > 0 &&
      sql`DELETE FROM record_tags k USING jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) AS g(record_id uuid, tag_id uuid)
        WHERE k.organization_id = ${actor.organization_id}::uuid AND k.object = ${object}
          AND k.record_id = g.record_id AND k.tag_id = g.tag_id`.execute(tx),
  ])
}

const without = (tags: readonly RecordTag[], others: readonly RecordTag[]) =>
  tags.filter((tag) => !others.some(({ id }) => id === tag.id))

/** Takes all tags off records that are gone for good. */
export async function dropTags(
  { tx, actor }: Context,
  object: string,
  record_ids: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM record_tags WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
