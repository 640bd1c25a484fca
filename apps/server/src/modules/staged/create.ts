/** A new record has a place on a board from the start: the stage it is given, or the first one of its pipeline. */
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findFirstStage, findStage, type PlacedStage } from '../pipelines/index.ts'
import {
  createRecord,
  insertRecords,
  requireEditableFields,
  type Making,
  type Occasion,
  type Prepared,
} from '../records/index.ts'
import { statusAtFirst, type Staged, type StagedRow } from './definition.ts'
import { asStageProblem, stageOfOther, unknownPipeline, unknownStage } from './problems.ts'
import { newRank } from './rank.ts'
import { requireStageFields } from './requirements.ts'

type Choice = { stage_id?: string | undefined; pipeline_id?: string | undefined }
type NewStaged = Prepared['given'] & Choice
type Origin = Record<string, unknown>

/** One record by a caller, who owns it unless told otherwise. */
export async function createStaged<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  input: NewStaged,
  occasion: Occasion = {},
): Promise<Row> {
  const { definition } = staged
  // Before the stage is taken out of it.
  requireEditableFields(ctx.actor, definition, input, 'creating')
  const stage = await chooseStage(ctx, definition.records.object, input)
  return createRecord(ctx, definition, placed(ctx.actor, staged, input, stage), occasion).catch(
    asStageProblem(definition.records.object),
  )
}

/**
 * Any number of records with one statement for each table they touch. Owners are taken as they are.
 * @param origin where they come from: columns that each has, told on its timeline.
 */
export async function insertStaged<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  inputs: readonly NewStaged[],
  origin: Origin = {},
  making: Making = {},
): Promise<Row[]> {
  const { definition } = staged
  const { object } = definition.records
  const stages = new Map<string, PlacedStage>()
  const prepared: Prepared<Row>[] = []
  for (const input of inputs) {
    const choice = `${input.stage_id ?? ''} ${input.pipeline_id ?? ''}`
    const stage = stages.get(choice) ?? (await chooseStage(ctx, object, input))
    stages.set(choice, stage)
    prepared.push(placed(ctx.actor, staged, input, stage, origin))
  }
  return insertRecords(ctx, definition, prepared, origin, making).catch(asStageProblem(object))
}

function placed<Row extends StagedRow>(
  actor: Actor,
  staged: Staged<Row>,
  input: NewStaged,
  stage: PlacedStage,
  origin: Origin = {},
): Prepared<Row> {
  const { stage_id: _, pipeline_id: __, ...given } = input
  return {
    given,
    accept: (row) => requireStageFields(actor, stage, staged.definition.records, row),
    kept: {
      ...origin,
      status: statusAtFirst(staged, stage.type),
      pipeline_id: stage.pipeline_id,
      stage_id: stage.id,
      rank: newRank(),
    },
  }
}

async function chooseStage(
  { tx, actor }: Ctx,
  object: string,
  { stage_id, pipeline_id }: Choice,
): Promise<PlacedStage> {
  const { organization_id } = actor
  if (stage_id !== undefined) {
    const stage = await findStage(tx, organization_id, stage_id)
    if (stage?.object !== object) throw unknownStage(object)
    if (pipeline_id !== undefined && pipeline_id !== stage.pipeline_id) throw stageOfOther()
    return stage
  }
  const first = await findFirstStage(tx, organization_id, object, pipeline_id)
  if (first) return first
  if (pipeline_id !== undefined) throw unknownPipeline(object)
  throw new Error(`The organization has no default pipeline for records of ${object}.`)
}
