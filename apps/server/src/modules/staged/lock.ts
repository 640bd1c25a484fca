import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { readKeptRows } from '../records/index.ts'
import type { Staged, StagedRow } from './definition.ts'

export type InStage = { stage_name: string; stage_type: string }

/**
 * The locked record together with the stage it is in. It is locked before it is joined: a join in the locking statement
 * would drop a record that changed its stage while the lock was waited for, as if it were not there.
 */
export async function lockStaged<Row extends StagedRow>(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  { definition }: Staged<Row>,
  id: string,
): Promise<(Row & InStage) | undefined> {
  const [{ rows }, kept] = await Promise.all([
    sql<Row & InStage>`
    WITH r AS MATERIALIZED (
      SELECT * FROM ${sql.table(definition.records.table)}
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE
    )
    SELECT r.*, st.name AS stage_name, st.type AS stage_type
    FROM r JOIN stages st ON st.organization_id = r.organization_id AND st.id = r.stage_id`.execute(tx),
    readKeptRows({ tx, actor }, definition.records, [id]),
  ])
  const [row] = rows
  return row && { ...row, ...kept.get(row.id) }
}
