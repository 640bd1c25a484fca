/** What entering a stage makes of a record: its status, what its own rules add, and what is told of it. */
import type { Ctx } from '../../platform/tenancy.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import { settleChange, type Changes, type SettledChange } from '../records/index.ts'
import { statusAfter, type Staged, type StagedRow } from './definition.ts'
import type { InStage } from './lock.ts'

/** The row is locked. Answers every column that changes but the place and the time. */
export async function settleEntry<Row extends StagedRow>(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  staged: Staged<Row>,
  row: Row & InStage,
  stage: PlacedStage,
): Promise<SettledChange<Row>> {
  const status = statusAfter(staged, row.status, row.stage_type, stage.type)
  const entered = { stage_id: stage.id, pipeline_id: stage.pipeline_id, status }
  const settled = await settleChange(
    ctx,
    staged.definition,
    row as Row,
    {},
    {
      entered: entered as Partial<Row>,
    },
  )
  return {
    after: settled.after,
    changes: { ...stageChanges(row, stage, status), ...settled.changes },
    columns: { ...settled.columns, ...entered },
  }
}

function stageChanges(row: StagedRow, stage: PlacedStage, status: string): Changes {
  return {
    stage_id: [row.stage_id, stage.id],
    ...(row.pipeline_id === stage.pipeline_id ? {} : { pipeline_id: [row.pipeline_id, stage.pipeline_id] }),
    ...(row.status === status ? {} : { status: [row.status, status] }),
  }
}

/** The fact on the timeline. */
export function enteringData(row: StagedRow & InStage, stage: PlacedStage, changes: Changes) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(row.stage_entered_at)) / 1000))
  return {
    changes,
    version: row.version + 1,
    from: { id: row.stage_id, name: row.stage_name },
    to: { id: stage.id, name: stage.name },
    seconds_in_stage: seconds,
  }
}
