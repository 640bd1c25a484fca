/** Taking back a move: the record returns to the stage it came from, with what the move did to its other fields. */
import type { Ctx } from '../../platform/tenancy.ts'
import { readChanges } from '../activities/index.ts'
import { findStage } from '../pipelines/index.ts'
import {
  asChange,
  changedSince,
  refuseTrashed,
  requireEditableFields,
  requireTouchable,
  sortOut,
  writeChanges,
  type Outcome,
} from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'
import { planEntry } from './enter.ts'
import { lockStaged } from './lock.ts'
import { newRank } from './rank.ts'

/** What follows the stage by itself, and tags, which may stay. */
const following = ['stage_id', 'pipeline_id', 'status', 'tags']

/** @param version what the move made of the record. Refused when it has been moved on since. */
export async function moveBack<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  id: string,
  version: number,
): Promise<Outcome<Row>> {
  const { definition } = staged
  const { records } = definition
  const found = await lockStaged(ctx, staged, id)
  const row = requireTouchable(ctx.actor, definition, records.permissions.update, found, id)
  refuseTrashed(definition, row)
  const changes = (await readChanges(ctx, records.object, new Map([[id, version]]))).get(id) ?? {}
  const { back, since } = sortOut(ctx, definition, row, changes)
  const stage_id = back['stage_id']
  const stage =
    typeof stage_id === 'string' ? await findStage(ctx.tx, ctx.actor.organization_id, stage_id) : null
  if (stage?.object !== records.object) throw changedSince(records, ctx.actor, row, ['stage_id'])
  const values = asChange(
    Object.fromEntries(Object.entries(back).filter(([field]) => !following.includes(field))),
  )
  requireEditableFields(ctx.actor, definition, { stage_id: stage.id, ...values }, 'changing')
  const plan = await planEntry(ctx, staged, row, stage, values)
  const status = back['status']
  if (typeof status === 'string') {
    // Coming back is not the same as reopening: the status is the one that it had.
    plan.changes['status'] = [row.status, status]
    Object.assign(plan.after, { status })
    Object.assign(plan.columns, { status })
  }
  const placed = { ...plan, columns: { ...plan.columns, rank: newRank() } }
  const [moved] = await writeChanges(ctx, definition, [placed], {}, 'stage_changed')
  if (!moved) throw new Error(`The ${records.object} ${id} was not moved.`)
  return { row: moved, changed: true, kept: since }
}
