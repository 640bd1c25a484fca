/** Pairs hold none of the values that they compare, but that two records are of one person is about that person. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'

export const duplicatePersonalData: PersonalData = {
  table: 'duplicates',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<object>`
      SELECT a_id, b_id, score, state, found_at FROM duplicates
      WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
        AND (a_id = ANY(${record_ids}::uuid[]) OR b_id = ANY(${record_ids}::uuid[])) ORDER BY found_at, id`.execute(
      tx,
    )
    return rows
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const { numAffectedRows } = await sql`
      DELETE FROM duplicates WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
        AND (a_id = ANY(${record_ids}::uuid[]) OR b_id = ANY(${record_ids}::uuid[]))`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
}
