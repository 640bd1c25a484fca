import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { LeadRow } from './definition.ts'

export type StagedLead = LeadRow & { stage_name: string; stage_type: string }

/**
 * The locked lead together with the stage it is in. It is locked before it is joined: a join in the locking statement
 * would drop a lead that changed its stage while the lock was waited for, as if it were not there.
 */
export async function lockStagedLead(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  id: string,
): Promise<StagedLead | undefined> {
  const { rows } = await sql<StagedLead>`
    WITH r AS MATERIALIZED (
      SELECT * FROM leads WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE
    )
    SELECT r.*, st.name AS stage_name, st.type AS stage_type
    FROM r JOIN stages st ON st.organization_id = r.organization_id AND st.id = r.stage_id`.execute(tx)
  return rows[0]
}
