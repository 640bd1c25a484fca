/** Tags as the organization's vocabulary: made, renamed, merged and deleted for all records at once. */
import { maxTags, tagKey, type NewTag, type Tag, type TagUpdate } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { tellTag } from './facts.ts'
import { colorAt } from './on-records.ts'
import { nameTaken, staleTag, tagNotFound, tooManyTags, winnerNotAmong } from './problems.ts'
import {
  copyCarriers,
  countCarriers,
  countTags,
  deleteTagRows,
  insertTags,
  lockTags,
  updateTagRow,
  type KnownTag,
} from './repository.ts'

export const presentTag = ({ key: _, ...tag }: KnownTag): Tag => tag
const auditedOf = ({ name, color }: KnownTag) => ({ name, color })

export async function createTag(ctx: Ctx, { name, color }: NewTag): Promise<Tag> {
  const count = await countTags(ctx)
  if (count >= maxTags) throw tooManyTags()
  const row = { id: newId(), name, key: tagKey(name), color: color ?? colorAt(count) }
  const [tag] = await insertTags(ctx, [row])
  if (!tag) throw nameTaken()
  tellTag(ctx, 'created', tag, { after: auditedOf(tag) })
  return presentTag(tag)
}

export async function updateTag(ctx: Ctx, id: string, { version, ...given }: TagUpdate): Promise<Tag> {
  const tag = await lockTag(ctx, id)
  const changes = changedFields(auditedOf(tag), given)
  if (version !== undefined && version !== tag.version)
    throw staleTag(presentTag(tag), Object.keys(changes?.after ?? {}))
  if (!changes) return presentTag(tag)
  const { name = tag.name, color = tag.color } = given
  const updated = await updateTagRow(ctx, id, { name, key: tagKey(name), color })
  tellTag(ctx, 'updated', updated, changes)
  return presentTag(updated)
}

export async function deleteTag(ctx: Ctx, id: string): Promise<{ records: number }> {
  const tag = await lockTag(ctx, id)
  const records = await deleteTagRows(ctx, [id])
  tellTag(ctx, 'deleted', tag, { before: { ...auditedOf(tag), records } }, { records })
  return { records }
}

type Merge = { ids: readonly string[]; winner_id: string }

/** One tag of several. May be repeated: those that were merged before are not there any more. */
export async function mergeTags(ctx: Ctx, { ids, winner_id }: Merge): Promise<{ tag: Tag; records: number }> {
  const locked = await lockTags(ctx, [...ids, winner_id])
  const winner = locked.find(({ id }) => id === winner_id.toLowerCase())
  if (!winner) throw winnerNotAmong(winner_id)
  const losers = locked.filter((tag) => tag !== winner)
  if (losers.length > 0) {
    const lost = losers.map(({ id }) => id)
    await copyCarriers(ctx, lost, winner.id)
    await deleteTagRows(ctx, lost)
    const merged = losers.map(({ name }) => name)
    tellTag(ctx, 'merged', winner, { before: { merged }, after: { name: winner.name } }, { merged_ids: lost })
  }
  return { tag: presentTag(winner), records: await countCarriers(ctx, winner.id) }
}

async function lockTag(ctx: Ctx, id: string): Promise<KnownTag> {
  const [tag] = await lockTags(ctx, [id])
  if (!tag) throw tagNotFound(id)
  return tag
}
