/** Pipelines. Of each object exactly one is the default, which takes new records. */
import { pipelineObjects, type Pipeline, type PipelineObject } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { defaultPipelineName, defaultStages, stageDefaults, type StageSetting } from './default-stages.ts'
import { usualReasons, writeReasons } from './lost-reasons.ts'
import { lastPipeline, pipelineHasRecords, pipelineNotFound, stalePipeline } from './problems.ts'
import { findPipeline, insertPipeline, insertStages, lockPipeline, selectPipelines } from './repository.ts'
import { emptyStages, requireKnownFields } from './stage-records.ts'

/** What is given of a stage; what is left out is as usual. */
export type StageInput = { [Setting in keyof StageSetting]?: StageSetting[Setting] | undefined }
type NewStage = StageInput & { name: string }
type NewPipeline = {
  name: string
  object: PipelineObject
  is_default?: boolean | undefined
  stages?: NewStage[] | undefined
}

/** A stage's settings, with what its type usually has for those that are not told. */
export function settle(stage: NewStage): StageSetting {
  const given = Object.fromEntries(Object.entries(stage).filter(([, value]) => value !== undefined))
  return { ...stageDefaults[stage.type ?? 'open'], ...given } as StageSetting
}

async function languageOf({ tx, actor }: Ctx): Promise<'en' | 'pt-BR'> {
  if (actor.user_id === null) return 'en'
  const user = await tx
    .selectFrom('users')
    .select('language')
    .where('id', '=', actor.user_id)
    .executeTakeFirst()
  return user?.language === 'pt-BR' ? 'pt-BR' : 'en'
}

/** The first pipelines of a new organization, one for each object. */
export async function createDefaultPipelines(ctx: Ctx): Promise<void> {
  const language = await languageOf(ctx)
  for (const object of pipelineObjects)
    await createPipeline(ctx, {
      name: defaultPipelineName(object, language),
      object,
      is_default: true,
      stages: defaultStages(object, language),
    })
  await writeReasons(ctx, usualReasons(language))
}

export async function createPipeline(ctx: Ctx, input: NewPipeline): Promise<Pipeline> {
  const { tx, actor, emit } = ctx
  const { organization_id } = actor
  const id = newId()
  const stages = input.stages?.map(settle) ?? defaultStages(input.object, await languageOf(ctx))
  requireKnownFields(ctx, input.object, stages, (index) => `stages.${index}.`)
  const others = await lockDefaults(ctx, input.object)
  const is_default = input.is_default === true || others.length === 0
  if (is_default) await clearDefault(ctx, input.object)
  await insertPipeline(tx, { organization_id, id, object: input.object, name: input.name, is_default })
  await insertStages(tx, organization_id, id, stages)
  emit({
    type: 'pipeline.created',
    record: { object: 'pipeline', id, version: 1, name: input.name },
    changes: {
      after: { name: input.name, object: input.object, is_default, stages: stages.map(({ name }) => name) },
    },
    data: { name: input.name },
  })
  return requirePipeline(ctx, id)
}

/** Those who change which pipeline is the default take turns. */
async function lockDefaults({ tx, actor }: Ctx, object: string): Promise<{ id: string }[]> {
  return tx
    .selectFrom('pipelines')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where('object', '=', object)
    .orderBy('created_at')
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function clearDefault(ctx: Ctx, object: string): Promise<void> {
  const cleared = await ctx.tx
    .updateTable('pipelines')
    .set({ is_default: false })
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('object', '=', object)
    .where('is_default', '=', true)
    .returning(['id', 'name'])
    .execute()
  for (const pipeline of cleared) auditDefault(ctx, pipeline, false)
}

/** Which pipeline is the default changes two of them; the event tells of one. */
function auditDefault({ audit }: Ctx, { id, name }: { id: string; name: string }, is_default: boolean): void {
  audit({
    action: 'pipeline.updated',
    object: 'pipeline',
    record_id: id,
    record_name: name,
    before: { is_default: !is_default },
    after: { is_default },
  })
}

export async function requirePipeline({ tx, actor }: Ctx, id: string): Promise<Pipeline> {
  const pipeline = await findPipeline(tx, actor.organization_id, id)
  if (!pipeline) throw pipelineNotFound(id)
  return pipeline
}

type PipelineChange = { name?: string | undefined; is_default?: true | undefined; version: number }

export async function updatePipeline(ctx: Ctx, id: string, change: PipelineChange): Promise<Pipeline> {
  const { tx, actor, emit } = ctx
  const known = await requirePipeline(ctx, id)
  await lockDefaults(ctx, known.object)
  const pipeline = await lockPipeline(tx, actor.organization_id, id)
  if (!pipeline) throw pipelineNotFound(id)
  if (pipeline.version !== change.version) throw stalePipeline(pipeline)
  const name = change.name ?? pipeline.name
  const is_default = change.is_default ?? pipeline.is_default
  if (name === pipeline.name && is_default === pipeline.is_default) return pipeline
  if (is_default && !pipeline.is_default) await clearDefault(ctx, pipeline.object)
  await tx
    .updateTable('pipelines')
    .set({ name, is_default, version: sql`version + 1`, updated_at: sql`now()` })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
  const version = pipeline.version + 1
  emit({
    type: 'pipeline.updated',
    record: { object: 'pipeline', id, version, name },
    changes: changedFields({ name: pipeline.name, is_default: pipeline.is_default }, { name, is_default }),
    data: { name, is_default },
  })
  return requirePipeline(ctx, id)
}

/** When the default goes, the pipeline that takes its records becomes it, or else the oldest one. */
export async function removePipeline(ctx: Ctx, id: string, move_to: string | undefined): Promise<void> {
  const { tx, actor, emit } = ctx
  const { organization_id } = actor
  const known = await requirePipeline(ctx, id)
  const others = (await lockDefaults(ctx, known.object)).filter((other) => other.id !== id)
  const pipeline = await lockPipeline(tx, organization_id, id)
  if (!pipeline) throw pipelineNotFound(id)
  const [oldest] = others
  if (!oldest) throw lastPipeline()
  const stage_ids = pipeline.stages.map((stage) => stage.id)
  await emptyStages(ctx, pipeline.object, stage_ids, move_to, pipelineHasRecords)
  await tx
    .deleteFrom('pipelines')
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()
  if (pipeline.is_default) await promote(ctx, move_to, oldest.id)
  emit({
    type: 'pipeline.deleted',
    record: { object: 'pipeline', id, version: pipeline.version, name: pipeline.name },
    changes: {
      before: {
        name: pipeline.name,
        is_default: pipeline.is_default,
        stages: pipeline.stages.map(({ name }) => name),
      },
    },
  })
}

async function promote(ctx: Ctx, stage_id: string | undefined, oldest_id: string): Promise<void> {
  const { tx, actor } = ctx
  const { rows } = await sql<{ id: string; name: string }>`
    UPDATE pipelines SET is_default = true, version = version + 1, updated_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = coalesce(
      (SELECT pipeline_id FROM stages WHERE organization_id = ${actor.organization_id}::uuid AND id = ${stage_id ?? null}::uuid),
      ${oldest_id}::uuid)
    RETURNING id, name`.execute(tx)
  for (const pipeline of rows) auditDefault(ctx, pipeline, true)
}

export const listPipelines = (organization_id: string, object: string | undefined) =>
  selectPipelines(organization_id, object === undefined ? sql`` : sql`AND p.object = ${object}`)
