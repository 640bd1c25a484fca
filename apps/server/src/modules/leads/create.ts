/** A new lead has a place on a board from the start: the stage it is given, or the first one of its pipeline. */
import type { NewLead } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findFirstStage, findStage, type PlacedStage } from '../pipelines/index.ts'
import { createRecord, insertRecords, requireEditableFields, type Prepared } from '../records/index.ts'
import { leads, type LeadRow } from './definition.ts'
import { asStageProblem, stageOfOther, unknownPipeline, unknownStage } from './problems.ts'
import { newRank } from './rank.ts'

type Options = { import_id?: string | null }

/** One lead by a caller, who owns it unless told otherwise. */
export async function createLead(ctx: Ctx, input: NewLead): Promise<LeadRow> {
  // Before the stage is taken out of it.
  requireEditableFields(ctx.actor, leads, input, 'creating')
  const stage = await chooseStage(ctx, input)
  return createRecord(ctx, leads, placed(input, stage)).catch(asStageProblem)
}

/** Any number of leads with one statement for each table they touch. Owners are taken as they are. */
export async function createLeads(
  ctx: Ctx,
  inputs: NewLead[],
  { import_id = null }: Options = {},
): Promise<LeadRow[]> {
  const stages = new Map<string, PlacedStage>()
  const prepared: Prepared[] = []
  for (const input of inputs) {
    const choice = `${input.stage_id ?? ''} ${input.pipeline_id ?? ''}`
    const stage = stages.get(choice) ?? (await chooseStage(ctx, input))
    stages.set(choice, stage)
    prepared.push(placed(input, stage, import_id))
  }
  const origin = import_id === null ? {} : { import_id }
  return insertRecords(ctx, leads, prepared, origin).catch(asStageProblem)
}

function placed(input: NewLead, stage: PlacedStage, import_id: string | null = null): Prepared {
  const { stage_id: _, pipeline_id: __, ...given } = input
  return {
    given,
    kept: {
      status: statusOf(stage),
      pipeline_id: stage.pipeline_id,
      stage_id: stage.id,
      rank: newRank(),
      import_id,
    },
  }
}

function statusOf(stage: PlacedStage): string {
  if (stage.type === 'won') return 'qualified'
  return stage.type === 'lost' ? 'lost' : 'new'
}

async function chooseStage(
  { tx, actor }: Ctx,
  { stage_id, pipeline_id }: Pick<NewLead, 'stage_id' | 'pipeline_id'>,
): Promise<PlacedStage> {
  const { organization_id } = actor
  if (stage_id !== undefined) {
    const stage = await findStage(tx, organization_id, stage_id)
    if (stage?.object !== 'lead') throw unknownStage()
    if (pipeline_id !== undefined && pipeline_id !== stage.pipeline_id) throw stageOfOther()
    return stage
  }
  const first = await findFirstStage(tx, organization_id, 'lead', pipeline_id)
  if (first) return first
  if (pipeline_id !== undefined) throw unknownPipeline()
  throw new Error('The organization has no default pipeline for leads.')
}
