import type { Lead, NewLead } from '@rapport/contracts'
import { v7 as uuidv7 } from 'uuid'
import { mayTouch } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { findFirstStage, findStage, type PlacedStage } from '../pipelines/index.ts'
import { indexRecords } from '../search/index.ts'
import { requireEditableLead, requireOwner } from './access.ts'
import { presentLead, type LeadRow } from './lead-row.ts'
import { leadNotYours, stageOfOther, unknownPipeline, unknownStage } from './problems.ts'
import { newRank } from './rank.ts'
import { emitLead, searchDocument } from './record.ts'
import { insertLeads, type LeadInsert } from './repository.ts'
import { newValues } from './values.ts'

type Prepared = { lead: NewLead; stage: PlacedStage }
type Options = { import_id?: string | null }

/** One lead by a caller, who owns it unless told otherwise. */
export async function createLead(ctx: Ctx, input: NewLead): Promise<Lead> {
  requireEditableLead(ctx.actor, input, 'creating')
  const owner_id = input.owner_id === undefined ? ctx.actor.user_id : input.owner_id
  const [stage] = await Promise.all([chooseStage(ctx, input), requireOwner(ctx, owner_id)])
  if (!mayTouch(ctx.actor, 'leads:create', owner_id)) throw leadNotYours()
  const [lead] = await insertPrepared(ctx, [{ lead: { ...input, owner_id }, stage }], {})
  if (!lead) throw new Error('The lead was not inserted.')
  return presentLead(ctx.actor, lead)
}

/** Any number of leads with one statement for each table they touch. Owners are taken as they are. */
export async function createLeads(ctx: Ctx, inputs: NewLead[], options: Options = {}): Promise<LeadRow[]> {
  if (inputs.length === 0) return []
  const stages = new Map<string, PlacedStage>()
  for (const input of inputs) {
    const choice = stageChoice(input)
    if (!stages.has(choice)) stages.set(choice, await chooseStage(ctx, input))
  }
  const prepared = inputs.flatMap((lead) => {
    const stage = stages.get(stageChoice(lead))
    return stage ? [{ lead, stage }] : []
  })
  return insertPrepared(ctx, prepared, options)
}

const stageChoice = ({ stage_id, pipeline_id }: NewLead) => `${stage_id ?? ''} ${pipeline_id ?? ''}`

async function insertPrepared(
  ctx: Ctx,
  prepared: Prepared[],
  { import_id = null }: Options,
): Promise<LeadRow[]> {
  const rows = prepared.map(({ lead, stage }): LeadInsert => ({
    id: uuidv7(),
    ...newValues(ctx.actor, lead, statusOf(stage)),
    pipeline_id: stage.pipeline_id,
    stage_id: stage.id,
    rank: newRank(),
    import_id,
    created_by: ctx.actor.user_id,
  }))
  const data = import_id === null ? { version: 1 } : { version: 1, import_id }
  const [inserted] = await Promise.all([
    insertLeads(ctx, rows),
    indexRecords(ctx, rows.map(searchDocument)),
    writeActivities(
      ctx,
      rows.map((row) => ({ object: 'lead', record_id: row.id, type: 'created', data })),
    ),
  ])
  for (const lead of inserted) emitLead(ctx, 'lead.created', lead)
  return inserted
}

function statusOf(stage: PlacedStage): string {
  if (stage.type === 'won') return 'qualified'
  return stage.type === 'lost' ? 'lost' : 'new'
}

/** The first stage of the default pipeline for leads. */
export async function defaultStage({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>): Promise<PlacedStage> {
  const stage = await findFirstStage(tx, actor.organization_id, 'lead')
  if (!stage) throw new Error('The organization has no default pipeline for leads.')
  return stage
}

async function chooseStage(
  ctx: Ctx,
  { stage_id, pipeline_id }: Pick<NewLead, 'stage_id' | 'pipeline_id'>,
): Promise<PlacedStage> {
  const { tx, actor } = ctx
  if (stage_id !== undefined) {
    const stage = await findStage(tx, actor.organization_id, stage_id)
    if (stage?.object !== 'lead') throw unknownStage()
    if (pipeline_id !== undefined && pipeline_id !== stage.pipeline_id) throw stageOfOther()
    return stage
  }
  if (pipeline_id === undefined) return defaultStage(ctx)
  const stage = await findFirstStage(tx, actor.organization_id, 'lead', pipeline_id)
  if (!stage) throw unknownPipeline()
  return stage
}
