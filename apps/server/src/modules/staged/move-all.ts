/** All records of stages at once, when their stages go. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import { writeChanges, type Planned } from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'
import { planEntry } from './enter.ts'
import type { InStage } from './lock.ts'

export async function countInStages<Row extends StagedRow>(
  { tx, actor }: Ctx,
  { definition }: Staged<Row>,
  stage_ids: string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM ${sql.table(definition.records.table)}
    WHERE organization_id = ${actor.organization_id}::uuid AND stage_id = ANY(${stage_ids}::uuid[])`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** In the order that they have; those in the trash move along quietly. Nobody is asked for what the stage asks for. */
export async function moveAllRecords<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  stage_ids: string[],
  stage: PlacedStage,
): Promise<void> {
  const planned: Planned<Row>[] = []
  for (const row of await lockInStages(ctx, staged, stage_ids))
    planned.push(await planEntry(ctx, staged, row, stage))
  await writeChanges(ctx, staged.definition, planned, {}, 'stage_changed')
}

async function lockInStages<Row extends StagedRow>(
  { tx, actor }: Ctx,
  { definition }: Staged<Row>,
  stage_ids: string[],
): Promise<(Row & InStage)[]> {
  const { rows } = await sql<Row & InStage>`
    WITH r AS MATERIALIZED (
      SELECT * FROM ${sql.table(definition.records.table)}
      WHERE organization_id = ${actor.organization_id}::uuid AND stage_id = ANY(${stage_ids}::uuid[]) FOR UPDATE
    )
    SELECT r.*, st.name AS stage_name, st.type AS stage_type
    FROM r JOIN stages st ON st.organization_id = r.organization_id AND st.id = r.stage_id`.execute(tx)
  return rows
}
