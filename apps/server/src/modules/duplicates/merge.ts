/**
 * Several records become one: in one transaction the losers go into the trash, what led to them or stood beside them
 * belongs to the winner, and the winner takes the values that were chosen. All of it are changes like any other, so that
 * taking the merge back is taking these back.
 */
import type { Merged } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { invalidField, permissionMissing, Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { lockPlace, type Outcomes, type Place, type RecordKind } from '../records/index.ts'
import { addEverything } from './gather.ts'
import { leadToWinner } from './led.ts'
import { insertMerge, markMerged } from './merges.ts'
import { moveRows, type Moved } from './moved.ts'

export type Sides = { winner_id: string; loser_ids: readonly string[] }
type Asked = { ids: readonly string[]; winner_id: string; values?: object | undefined }

export async function mergeRecords(ctx: Ctx, kind: RecordKind, asked: Asked): Promise<Merged> {
  const { object } = kind.records
  const sides = readSides(ctx, kind, asked)
  const { winner_id, loser_ids } = sides
  const places = new Map<string, Place>()
  for (const id of [winner_id, ...loser_ids].toSorted())
    places.set(id, await lockPlace(ctx, { object, id }, 'ids'))
  const values = await addEverything(ctx, kind, sides, { ...asked.values })
  const led = await leadToWinner(ctx, object, sides)
  const moved: Moved[] = []
  for (const loser_id of loser_ids) moved.push(...(await moveRows(ctx, object, loser_id, winner_id)))
  // First out of the way, so that the winner can take a value that only one record may have.
  requireDone(await kind.delete(ctx, new Map(loser_ids.map((id) => [id, undefined]))))
  const winner_version = await changeWinner(ctx, kind, winner_id, values)
  const pairs = await markMerged(ctx, object, sides)
  const id = newId()
  await insertMerge(ctx, { id, object, winner_id, winner_version, led, moved, pairs }, loser_ids)
  await tellMerge(ctx, object, id, sides)
  return {
    merge_id: id,
    winner: { id: winner_id, name: places.get(winner_id)?.title ?? '' },
    merged_ids: [...loser_ids],
    moved: led.length + moved.reduce((sum, { keys }) => sum + keys.length, 0),
  }
}

function readSides({ actor }: Ctx, { records }: RecordKind, { ids, winner_id }: Asked): Sides {
  const { delete: remove } = records.permissions
  if (actor.grants[remove] === undefined) throw permissionMissing(actor, remove)
  const all = [...new Set(ids.map((id) => id.toLowerCase()))]
  const winner = winner_id.toLowerCase()
  if (!all.includes(winner)) throw invalidField('winner_id', 'invalid_value', 'must be one of ids')
  if (all.length < 2) throw invalidField('ids', 'invalid_value', 'must name at least two records')
  return { winner_id: winner, loser_ids: all.filter((id) => id !== winner) }
}

export function requireDone(outcomes: Outcomes): void {
  for (const outcome of outcomes.values()) if (outcome instanceof Problem) throw outcome
}

async function changeWinner(
  ctx: Ctx,
  kind: RecordKind,
  id: string,
  values: Record<string, unknown>,
): Promise<number | null> {
  const outcome = (await kind.update(ctx, new Map([[id, values]]))).get(id)
  if (outcome instanceof Problem) throw outcome
  return outcome?.changed ? outcome.row.version : null
}

/** Told on all timelines by ids alone: a timeline outlives whom it tells of. */
async function tellMerge(
  ctx: Ctx,
  object: string,
  merge_id: string,
  { winner_id, loser_ids }: Sides,
): Promise<void> {
  const data = { merge_id, winner_id, merged_ids: loser_ids }
  await writeActivities(
    ctx,
    [winner_id, ...loser_ids].map((record_id) => ({ object, record_id, type: 'merged' as const, data })),
  )
  ctx.emit({
    type: 'duplicate.merged',
    record: { object, id: winner_id },
    changes: { after: { merged_ids: loser_ids } },
    data,
  })
}
