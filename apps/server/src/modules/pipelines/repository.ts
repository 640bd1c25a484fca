import type { Pipeline, Stage } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { TenantTx } from '../../platform/tenancy.ts'
import type { StageSetting } from './default-stages.ts'

const stageColumns = [
  'id',
  'pipeline_id',
  'name',
  'color',
  'type',
  'probability',
  'required_fields',
  'rotting_days',
  'forecast_category',
  'position',
  'version',
] as const satisfies readonly (keyof Stage)[]

/** A stage together with what records need to know of its pipeline. */
export type PlacedStage = Stage & { object: string }

const stageFields = sql.raw(stageColumns.map((name) => `s.${name}`).join())

/** A stage of that alias as callers know it. */
export const stageJson = (alias: 's' | 'st'): RawBuilder<unknown> =>
  sql.raw(`json_build_object(${stageColumns.map((name) => `'${name}', ${alias}.${name}`).join()})`)

/** What the pipeline is for; a pipeline never changes that. */
export const selectObject = (organization_id: string, id: string): RawBuilder<{ object: string }> =>
  sql`SELECT object FROM pipelines WHERE organization_id = ${organization_id}::uuid AND id = ${id}::uuid`

/** Pipelines with their stages in order; `restriction` continues the WHERE on `p`. */
export function selectPipelines(
  organization_id: string,
  restriction: RawBuilder<unknown>,
): RawBuilder<Pipeline> {
  return sql<Pipeline>`
    SELECT p.id, p.object, p.name, p.is_default, p.version, p.created_at, p.updated_at, (
      SELECT coalesce(json_agg(${stageJson('s')} ORDER BY s.position), '[]')
      FROM stages s WHERE s.organization_id = p.organization_id AND s.pipeline_id = p.id
    ) AS stages
    FROM pipelines p WHERE p.organization_id = ${organization_id}::uuid ${restriction}
    ORDER BY p.is_default DESC, p.created_at, p.id`
}

export async function findPipeline(
  tx: TenantTx,
  organization_id: string,
  id: string,
): Promise<Pipeline | undefined> {
  const { rows } = await selectPipelines(organization_id, sql`AND p.id = ${id}::uuid`).execute(tx)
  return rows[0]
}

export async function hasPipeline(
  tx: TenantTx,
  organization_id: string,
  object: string,
  id: string,
): Promise<boolean> {
  return (
    (await selectPipelines(organization_id, sql`AND p.object = ${object} AND p.id = ${id}::uuid`).execute(tx))
      .rows.length > 0
  )
}

/** Changes to stages take turns on their pipeline's row. */
export async function lockPipeline(
  tx: TenantTx,
  organization_id: string,
  id: string,
): Promise<Pipeline | undefined> {
  const [, pipeline] = await Promise.all([
    sql`SELECT 1 FROM pipelines WHERE organization_id = ${organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
      tx,
    ),
    findPipeline(tx, organization_id, id),
  ])
  return pipeline
}

export async function insertPipeline(
  tx: TenantTx,
  pipeline: { organization_id: string; id: string; object: string; name: string; is_default: boolean },
): Promise<void> {
  await tx.insertInto('pipelines').values(pipeline).execute()
}

export async function insertStages(
  tx: TenantTx,
  organization_id: string,
  pipeline_id: string,
  stages: StageSetting[],
  firstPosition = 0,
): Promise<Stage[]> {
  const rows = stages.map((stage, index) => ({
    id: newId(),
    pipeline_id,
    ...stage,
    position: firstPosition + index,
  }))
  await tx
    .insertInto('stages')
    .values(rows.map((row) => ({ organization_id, ...row })))
    .execute()
  return rows.map((row) => ({ ...row, version: 1 }))
}

/** Positions become the places in `ids`. */
export async function orderStages(tx: TenantTx, organization_id: string, ids: string[]): Promise<void> {
  await sql`
    UPDATE stages s SET position = o.place - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS o (id, place)
    WHERE s.organization_id = ${organization_id}::uuid AND s.id = o.id AND s.position <> o.place - 1`.execute(
    tx,
  )
}

function selectStage(organization_id: string, restriction: RawBuilder<unknown>): RawBuilder<PlacedStage> {
  return sql<PlacedStage>`
    SELECT ${stageFields}, p.object
    FROM stages s JOIN pipelines p ON p.organization_id = s.organization_id AND p.id = s.pipeline_id
    WHERE s.organization_id = ${organization_id}::uuid ${restriction}`
}

export async function findStage(
  tx: TenantTx,
  organization_id: string,
  id: string,
): Promise<PlacedStage | undefined> {
  return (await selectStage(organization_id, sql`AND s.id = ${id}::uuid`).execute(tx)).rows[0]
}

/** The first stage of the pipeline, or of the object's default pipeline. */
export async function findFirstStage(
  tx: TenantTx,
  organization_id: string,
  object: string,
  pipeline_id?: string,
): Promise<PlacedStage | undefined> {
  const chosen = pipeline_id === undefined ? sql`p.is_default` : sql`p.id = ${pipeline_id}::uuid`
  const restriction = sql`AND p.object = ${object} AND ${chosen} ORDER BY s.position LIMIT 1`
  return (await selectStage(organization_id, restriction).execute(tx)).rows[0]
}
