/** Moving one record to a stage, or to another place in its column. */
import type { StageMove } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findStage, type PlacedStage } from '../pipelines/index.ts'
import {
  emitRecord,
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireTouchable,
  requireOwner,
  settleChange,
  updateRow,
  writeChanges,
} from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'
import { planEntry } from './enter.ts'
import { lockStaged, type InStage } from './lock.ts'
import { findPlace } from './place.ts'
import { unknownStage } from './problems.ts'
import { rankBetween } from './rank.ts'
import { requireStageFields } from './requirements.ts'

/** Two round trips: lock and look around, then write. */
export async function moveRecord<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  id: string,
  move: StageMove,
): Promise<Row> {
  const { definition } = staged
  const { object, permissions } = definition.records
  const [found, stage, place] = await Promise.all([
    lockStaged(ctx, staged, id),
    findStage(ctx.tx, ctx.actor.organization_id, move.stage_id),
    findPlace(ctx, definition.records, id, move).catch((error: unknown) => asError(error)),
    requireOwner(ctx, move.values?.['owner_id'] as string | null | undefined),
  ])
  const row = requireTouchable(ctx.actor, definition, permissions.update, found, id)
  refuseTrashed(definition, row)
  if (stage?.object !== object) throw unknownStage(object)
  if (place instanceof Error) throw place
  const wanted = { stage_id: stage.id, ...move.values }
  const stays = stage.id === row.stage_id
  requireEditableFields(ctx.actor, definition, stays ? { ...move.values } : wanted, 'changing')
  await refuseStale(ctx, definition, row, move.version, wanted)
  const rank = rankBetween(place.above, place.below)
  if (!stays) return enter(ctx, staged, row, stage, rank, move)
  const changed = await changeInStage(ctx, staged, row, rank, move)
  if (changed) return changed
  return isPlaced(move) ? reorder(ctx, staged, row, rank, move) : row
}

/** A wrong neighbour is told only after what weighs more: a missing record, the trash, an unknown stage. */
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const isPlaced = (move: StageMove) =>
  move.position !== undefined || move.before_id !== undefined || move.after_id !== undefined

/** Where the card was put down, so that other boards can show it there at once. */
const neighbours = ({ before_id, after_id }: StageMove) => ({ before_id, after_id })

/** The order of a column is no fact of the record's history: boards are told, its timeline is not. */
async function reorder<Row extends StagedRow>(
  ctx: Ctx,
  { definition }: Staged<Row>,
  row: Row,
  rank: string,
  move: StageMove,
): Promise<Row> {
  const moved = await updateRow(ctx, definition, row.id, { rank })
  emitRecord(ctx, definition, 'stage_changed', moved, {}, neighbours(move))
  return moved
}

/** To another lane of its column: what the lane stands for is a change like any other. Null where nothing changes. */
async function changeInStage<Row extends StagedRow>(
  ctx: Ctx,
  { definition }: Staged<Row>,
  row: Row,
  rank: string,
  move: StageMove,
): Promise<Row | null> {
  const settled = await settleChange(ctx, definition, row, move.values ?? {})
  if (Object.keys(settled.changes).length === 0) return null
  const columns = isPlaced(move) ? { ...settled.columns, rank } : settled.columns
  const planned = { row, ...settled, columns, more: neighbours(move) }
  const [changed] = await writeChanges(ctx, definition, [planned], { undoable: true })
  if (!changed) throw new Error(`The ${definition.records.object} ${row.id} was not changed.`)
  return changed
}

async function enter<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  row: Row & InStage,
  stage: PlacedStage,
  rank: string,
  move: StageMove,
): Promise<Row> {
  const { definition } = staged
  const plan = await planEntry(ctx, staged, row, stage, move.values)
  requireStageFields(ctx.actor, stage, definition.records, plan.after)
  const placed = { ...plan, columns: { ...plan.columns, rank }, more: neighbours(move) }
  const [moved] = await writeChanges(ctx, definition, [placed], { undoable: true }, 'stage_changed')
  if (!moved) throw new Error(`The ${definition.records.object} ${row.id} was not moved.`)
  return moved
}
