/** Pairs hold none of the values that they compare, but that two records are of one person is about that person. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'

const duplicatePersonalData: PersonalData = {
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

/** An erasure leaves nothing that a merge could be taken back from. */
const mergePersonalData: PersonalData = {
  table: 'merges',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<object>`
      SELECT id, winner_id, merged_at, undone_at FROM merges
      WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND winner_id = ANY(${record_ids}::uuid[])
      ORDER BY merged_at, id`.execute(tx)
    return rows
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const { numAffectedRows } = await sql`
      DELETE FROM merges m WHERE m.organization_id = ${actor.organization_id}::uuid AND m.object = ${object}
        AND (m.winner_id = ANY(${record_ids}::uuid[]) OR m.id IN (
          SELECT l.merge_id FROM merged_records l
          WHERE l.organization_id = ${actor.organization_id}::uuid AND l.object = ${object} AND l.loser_id = ANY(${record_ids}::uuid[])))`.execute(
      tx,
    )
    return Number(numAffectedRows ?? 0)
  },
}

const loserPersonalData: PersonalData = {
  table: 'merged_records',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<object>`
      SELECT loser_id, winner_id FROM merged_records
      WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
        AND (loser_id = ANY(${record_ids}::uuid[]) OR winner_id = ANY(${record_ids}::uuid[])) ORDER BY loser_id`.execute(
      tx,
    )
    return rows
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const { numAffectedRows } = await sql`
      DELETE FROM merged_records WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
        AND (loser_id = ANY(${record_ids}::uuid[]) OR winner_id = ANY(${record_ids}::uuid[]))`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
}

export const duplicatesPersonalData = [duplicatePersonalData, loserPersonalData, mergePersonalData] as const
