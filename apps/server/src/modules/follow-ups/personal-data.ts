/** What was planned with a person and what came of it. After an erasure only that there was something stays. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export const followUpPersonalData: PersonalData = {
  table: 'follow_ups',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ follow_up: object }>`
      SELECT to_jsonb(f) - 'organization_id' AS follow_up FROM follow_ups f
      WHERE f.organization_id = ${actor.organization_id}::uuid AND f.object = ${object} AND f.record_id = ANY(${record_ids}::uuid[])
      ORDER BY f.due_at, f.id`.execute(tx)
    return rows.map((row) => row.follow_up)
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const { numAffectedRows } = await sql`
      UPDATE follow_ups SET note = NULL, outcome = NULL, version = version + 1, updated_at = now(),
        status = CASE WHEN status = 'open' THEN 'skipped' ELSE status END, closed_at = coalesce(closed_at, now())
      WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND record_id = ANY(${record_ids}::uuid[])
        AND (note IS NOT NULL OR outcome IS NOT NULL OR status = 'open')`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
}

/** Of records that are deleted for good. */
export async function dropFollowUps(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  record_ids: readonly string[],
): Promise<void> {
  await sql`
    DELETE FROM follow_ups WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
}
