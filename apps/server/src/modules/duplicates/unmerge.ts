/** Taking a merge back: everything is where it was, except what somebody has changed since, which is told. */
import type { UnmergedRecords } from '@rapport/contracts'
import { permissionMissing, Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { kindOf, lockPlace, type RecordKind } from '../records/index.ts'
import { leadBack } from './led.ts'
import { requireDone } from './merge.ts'
import { endMerge, lockMerge, losersOf, unmarkMerged } from './merges.ts'
import { moveRowsBack } from './moved.ts'
import { mergeIncomplete, mergeNotFound, mergeUndone } from './problems.ts'

export async function undoMerge(ctx: Ctx, id: string): Promise<UnmergedRecords> {
  const merge = await lockMerge(ctx, id)
  const kind = merge && kindOf(merge.object, ctx.actor)
  if (!merge || !kind) throw mergeNotFound(id)
  const { object, winner_id } = merge
  const { delete: remove } = kind.records.permissions
  if (ctx.actor.grants[remove] === undefined) throw permissionMissing(ctx.actor, remove)
  await lockPlace(ctx, { object, id: winner_id })
  if (merge.undone_at !== null) throw mergeUndone()
  const restored_ids = await losersOf(ctx, id)
  if (restored_ids.length === 0) throw mergeIncomplete()
  const kept = await revertWinner(ctx, kind, winner_id, merge.winner_version)
  requireDone(await kind.restore(ctx, restored_ids))
  await leadBack(ctx, merge.led)
  await moveRowsBack(ctx, object, winner_id, merge.moved)
  await unmarkMerged(ctx, merge.pairs)
  await endMerge(ctx, id)
  const data = { merge_id: id, winner_id, merged_ids: restored_ids }
  await writeActivities(
    ctx,
    [winner_id, ...restored_ids].map((record_id) => ({
      object,
      record_id,
      type: 'merge_undone' as const,
      data,
    })),
  )
  ctx.emit({
    type: 'duplicate.merge_undone',
    record: { object, id: winner_id },
    changes: { before: { merged_ids: restored_ids } },
    data,
  })
  return { winner_id, restored_ids, kept: [...kept] }
}

/** Answers the fields that somebody set since. */
async function revertWinner(
  ctx: Ctx,
  kind: RecordKind,
  id: string,
  version: number | null,
): Promise<readonly string[]> {
  if (version === null) return []
  const outcome = (await kind.revert(ctx, new Map([[id, version]]))).get(id)
  if (!(outcome instanceof Problem)) return outcome?.kept ?? []
  const { conflicts } = outcome.extra
  if (outcome.code === 'changed_since' && conflicts) return conflicts
  throw outcome
}
