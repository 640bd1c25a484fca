/** Stages of one pipeline. Their positions are always 0, 1, 2 … */
import type { Pipeline, Stage } from '@rapport/contracts'
import { sql } from 'kysely'
import { changedFields, type AuditedValues } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { lastStage, pipelineNotFound, stageHasRecords, stageNotFound, staleStage } from './problems.ts'
import { insertStages, lockPipeline, orderStages } from './repository.ts'
import { settle, type StageInput } from './service.ts'
import { emptyStages, requireKnownFields } from './stage-records.ts'

type Placed = { position?: number | undefined }
type NewStage = StageInput & { name: string } & Placed
type StageChange = StageInput & Placed & { version: number }

async function requireLocked({ tx, actor }: Ctx, id: string): Promise<Pipeline> {
  const pipeline = await lockPipeline(tx, actor.organization_id, id)
  if (!pipeline) throw pipelineNotFound(id)
  return pipeline
}

function requireStage(pipeline: Pipeline, id: string): Stage {
  const stage = pipeline.stages.find((one) => one.id === id)
  if (!stage) throw stageNotFound(id)
  return stage
}

type Changes = { before?: AuditedValues; after?: AuditedValues }

function tell(
  { emit }: Ctx,
  { id, version, name }: Pipeline,
  data: Record<string, unknown>,
  changes: Changes,
): void {
  emit({ type: 'pipeline.updated', record: { object: 'pipeline', id, version, name }, changes, data })
}

/** A stage in the audit entry of its pipeline: `stage` is its name. */
const told = ({
  name,
  color,
  type,
  probability,
  required_fields,
  rotting_days,
  forecast_category,
  position,
}: Stage): AuditedValues => ({
  stage: name,
  color,
  type,
  probability,
  required_fields: required_fields.join(', '),
  rotting_days,
  forecast_category,
  position,
})

/** The stage's name on both sides, and of the rest what differs. */
function toldChange(before: Stage, after: Stage): Changes {
  const changed = changedFields(told(before), told(after))
  return {
    before: { stage: before.name, ...changed?.before },
    after: { stage: after.name, ...changed?.after },
  }
}

/** `ids` with `id` at that place. */
function placed(ids: string[], id: string, position: number): string[] {
  const others = ids.filter((other) => other !== id)
  return others.toSpliced(Math.min(position, others.length), 0, id)
}

export async function addStage(
  ctx: Ctx,
  pipeline_id: string,
  { position: wanted, ...input }: NewStage,
): Promise<Stage> {
  const pipeline = await requireLocked(ctx, pipeline_id)
  requireKnownFields(ctx, pipeline.object, [input])
  const { tx, actor } = ctx
  const count = pipeline.stages.length
  const [stage] = await insertStages(tx, actor.organization_id, pipeline_id, [settle(input)], count)
  if (!stage) throw new Error('The stage was not inserted.')
  const position = Math.min(wanted ?? count, count)
  const ids = pipeline.stages.map((one) => one.id)
  await orderStages(tx, actor.organization_id, placed([...ids, stage.id], stage.id, position))
  const added = { ...stage, position }
  tell(ctx, pipeline, { stage_added: stage.id }, { after: told(added) })
  return added
}

export async function updateStage(
  ctx: Ctx,
  pipeline_id: string,
  id: string,
  { version, position: wanted, ...change }: StageChange,
): Promise<Stage> {
  const pipeline = await requireLocked(ctx, pipeline_id)
  const stage = requireStage(pipeline, id)
  if (stage.version !== version) throw staleStage(stage)
  requireKnownFields(ctx, pipeline.object, [change])
  const position = Math.min(wanted ?? stage.position, pipeline.stages.length - 1)
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const changed: Stage = { ...stage, ...given, position, version: version + 1 }
  if (isSame(stage, changed)) return stage
  const { name, color, type, probability, required_fields, rotting_days, forecast_category } = changed
  await ctx.tx
    .updateTable('stages')
    .set({
      name,
      color,
      type,
      probability,
      required_fields,
      rotting_days,
      forecast_category,
      version: sql`version + 1`,
    })
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .execute()
  const ids = pipeline.stages.map((one) => one.id)
  await orderStages(ctx.tx, ctx.actor.organization_id, placed(ids, id, position))
  tell(ctx, pipeline, { stage_changed: id }, toldChange(stage, changed))
  return changed
}

const isSame = (a: Stage, b: Stage) =>
  a.name === b.name &&
  a.color === b.color &&
  a.type === b.type &&
  a.probability === b.probability &&
  a.required_fields.join() === b.required_fields.join() &&
  a.rotting_days === b.rotting_days &&
  a.forecast_category === b.forecast_category &&
  a.position === b.position

export async function removeStage(
  ctx: Ctx,
  pipeline_id: string,
  id: string,
  move_to: string | undefined,
): Promise<void> {
  const pipeline = await requireLocked(ctx, pipeline_id)
  const stage = requireStage(pipeline, id)
  if (pipeline.stages.length === 1) throw lastStage()
  await emptyStages(ctx, pipeline.object, [id], move_to, stageHasRecords)
  await ctx.tx
    .deleteFrom('stages')
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .execute()
  const ids = pipeline.stages.map((one) => one.id).filter((other) => other !== id)
  await orderStages(ctx.tx, ctx.actor.organization_id, ids)
  tell(ctx, pipeline, { stage_removed: id }, { before: told(stage) })
}
