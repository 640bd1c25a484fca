/** All records of stages at once, when their stages go. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import { auditRecord, emitRecord, updateRows } from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'
import { enteringData, settleEntry } from './enter.ts'
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

/** In the order that they have; those in the trash move along quietly. */
export async function moveAllRecords<Row extends StagedRow>(
  ctx: Ctx,
  staged: Staged<Row>,
  stage_ids: string[],
  stage: PlacedStage,
): Promise<void> {
  const { definition } = staged
  const { object } = definition.records
  const found = await lockInStages(ctx, staged, stage_ids)
  const settled = new Map<string, { row: Row & InStage } & Awaited<ReturnType<typeof settleEntry<Row>>>>()
  for (const row of found) settled.set(row.id, { row, ...(await settleEntry(ctx, staged, row, stage)) })
  const moved = await updateAll(ctx, staged, [...settled.values()])
  const told = moved.flatMap((after) => {
    const known = settled.get(after.id)
    if (!known) return []
    return [{ after, changes: known.changes, data: enteringData(known.row, stage, known.changes) }]
  })
  await writeActivities(
    ctx,
    told.map(({ after, data }) => ({ object, record_id: after.id, type: 'stage_changed', data })),
  )
  // Totals and boards count live records only; the audit log misses none.
  for (const { after, changes } of told)
    if (after.deleted_at === null) emitRecord(ctx, definition, 'stage_changed', after, changes)
    else auditRecord(ctx, definition, 'stage_changed', after, changes)
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

type Settled<Row> = { row: Row; columns: Record<string, unknown> }

/** One statement for all of them: each is given every column that changes in any. */
async function updateAll<Row extends StagedRow>(
  ctx: Ctx,
  { definition }: Staged<Row>,
  settled: readonly Settled<Row>[],
): Promise<Row[]> {
  const names = [...new Set(settled.flatMap(({ columns }) => Object.keys(columns)))]
  const updates = settled.map(({ row, columns }) => {
    const after: Record<string, unknown> = { ...row, ...columns }
    return {
      ...Object.fromEntries(names.map((name) => [name, after[name]])),
      stage_entered_at: 'now',
      id: row.id,
    }
  })
  return [...(await updateRows(ctx, definition, [...names, 'stage_entered_at'], updates)).values()]
}
