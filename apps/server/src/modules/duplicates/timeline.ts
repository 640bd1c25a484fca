/** The winner of a merge tells the history of the losers, too; nothing is copied, so nothing has to be taken back. */
import { sql } from 'kysely'
import { tellAlsoOfAll } from '../activities/index.ts'

/** Losers of losers, too: who was merged twice is told by the last winner. */
export function tellHistoryOfLosers(): void {
  tellAlsoOfAll((object) => ({
    object,
    records: ({ organization_id }, id) => sql`
      SELECT lost.loser_id AS id FROM (
        WITH RECURSIVE lost AS (
          SELECT m.loser_id FROM merged_records m
          WHERE m.organization_id = ${organization_id}::uuid AND m.object = ${object} AND m.winner_id = ${id}::uuid
          UNION
          SELECT m.loser_id FROM merged_records m JOIN lost ON m.winner_id = lost.loser_id
          WHERE m.organization_id = ${organization_id}::uuid AND m.object = ${object}
        ) SELECT loser_id FROM lost
      ) lost`,
  }))
}
