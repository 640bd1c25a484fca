/** What entering a stage makes of a record: its status, what its own rules add, and what is told of it. */
import type { Ctx } from '../../platform/tenancy.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import { settleChange, type Changes, type Planned } from '../records/index.ts'
import { statusAfter, type Staged, type StagedRow } from './definition.ts'
import type { InStage } from './lock.ts'

/**
 * The row is locked. Answers all that changes but the place in the column.
 * @param values what is given with the move, as in a change of the record.
 */
export async function planEntry<Row extends StagedRow>(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  staged: Staged<Row>,
  row: Row & InStage,
  stage: PlacedStage,
  values: Record<string, unknown> = {},
): Promise<Planned<Row>> {
  // A status that is given with the move is meant: its lane stands for it.
  const given = values['status']
  const status =
    typeof given === 'string' ? given : statusAfter(staged, row.status, row.stage_type, stage.type)
  const entered = { stage_id: stage.id, pipeline_id: stage.pipeline_id, status }
  const settled = await settleChange(ctx, staged.definition, row as Row, values, {
    entered: entered as Partial<Row>,
  })
  const changes = { ...stageChanges(row, stage, status), ...settled.changes }
  return {
    row,
    after: settled.after,
    changes,
    columns: { ...settled.columns, ...entered, stage_entered_at: 'now' },
    data: passage(row, stage),
  }
}

function stageChanges(row: StagedRow, stage: PlacedStage, status: string): Changes {
  return {
    stage_id: [row.stage_id, stage.id],
    ...(row.pipeline_id === stage.pipeline_id ? {} : { pipeline_id: [row.pipeline_id, stage.pipeline_id] }),
    ...(row.status === status ? {} : { status: [row.status, status] }),
  }
}

/** From where to where, and after how long, as the timeline tells it. */
function passage(row: StagedRow & InStage, stage: PlacedStage): Record<string, unknown> {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(row.stage_entered_at)) / 1000))
  return {
    from: { id: row.stage_id, name: row.stage_name },
    to: { id: stage.id, name: stage.name },
    seconds_in_stage: seconds,
  }
}
