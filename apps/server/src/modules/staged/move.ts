/** Moving one record to a stage, or to another place in its column. */
import type { StageMove } from '@rapport/contracts'
import type { z } from 'zod'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { findStage, type PlacedStage } from '../pipelines/index.ts'
import {
  emitRecord,
  indexChanged,
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireTouchable,
  updateRow,
} from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'
import { enteringData, settleEntry } from './enter.ts'
import { lockStaged, type InStage } from './lock.ts'
import { findPlace } from './place.ts'
import { unknownStage } from './problems.ts'
import { rankBetween } from './rank.ts'

type Move = z.output<typeof StageMove>

/** Two round trips: lock and look around, then write. */
export async function moveRecord<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  id: string,
  move: Move,
): Promise<Row> {
  const { definition } = staged
  const { object, permissions } = definition.records
  const [found, stage, place] = await Promise.all([
    lockStaged(ctx, staged, id),
    findStage(ctx.tx, ctx.actor.organization_id, move.stage_id),
    findPlace(ctx, definition.records, id, move).catch((error: unknown) => asError(error)),
  ])
  const row = requireTouchable(ctx.actor, definition, permissions.update, found, id)
  refuseTrashed(object, row)
  if (stage?.object !== object) throw unknownStage(object)
  if (place instanceof Error) throw place
  if (stage.id !== row.stage_id)
    requireEditableFields(ctx.actor, definition, { stage_id: stage.id }, 'changing')
  await refuseStale(ctx, definition, row, move.version, { stage_id: move.stage_id })
  if (stage.id === row.stage_id && !isPlaced(move)) return row
  const rank = rankBetween(place.above, place.below)
  return stage.id === row.stage_id
    ? reorder(ctx, staged, row, rank, move)
    : enter(ctx, staged, row, stage, rank, move)
}

/** A wrong neighbour is told only after what weighs more: a missing record, the trash, an unknown stage. */
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const isPlaced = (move: Move) =>
  move.position !== undefined || move.before_id !== undefined || move.after_id !== undefined

/** Where the card was put down, so that other boards can show it there at once. */
const neighbours = ({ before_id, after_id }: Move) => ({ before_id, after_id })

/** The order of a column is no fact of the record's history: boards are told, its timeline is not. */
async function reorder<Row extends StagedRow>(
  ctx: Ctx,
  { definition }: Staged<Row>,
  row: Row,
  rank: string,
  move: Move,
): Promise<Row> {
  const moved = await updateRow(ctx, definition, row.id, { rank })
  emitRecord(ctx, definition, 'stage_changed', moved, {}, neighbours(move))
  return moved
}

async function enter<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  row: Row & InStage,
  stage: PlacedStage,
  rank: string,
  move: Move,
): Promise<Row> {
  const { definition } = staged
  const { object } = definition.records
  const settled = await settleEntry(ctx, staged, row, stage)
  const { changes, columns } = settled
  const data = enteringData(row, stage, changes)
  const [moved] = await Promise.all([
    updateRow(ctx, definition, row.id, { ...columns, stage_entered_at: 'now', rank }),
    indexChanged(ctx, definition, [settled]),
    writeActivities(ctx, [{ object, record_id: row.id, type: 'stage_changed', data }]),
  ])
  emitRecord(ctx, definition, 'stage_changed', moved, changes, neighbours(move))
  return moved
}
