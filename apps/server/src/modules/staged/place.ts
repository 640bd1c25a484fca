/** Between which cards of a column a moved card goes. */
import type { StageMove } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { unknownNeighbour } from './problems.ts'

export type Place = { above: string | null; below: string | null }

/** Reads in one statement the ranks above and below the place; cards of equal rank stay together. */
export async function findPlace(
  { tx, actor }: Ctx,
  { object, table }: RecordDescription,
  id: string,
  move: StageMove,
): Promise<Place> {
  const column = sql`FROM ${sql.table(table)} c WHERE c.organization_id = ${actor.organization_id}::uuid
    AND c.stage_id = ${move.stage_id}::uuid AND c.deleted_at IS NULL AND c.id <> ${id}::uuid`
  const { rows } = await placeStatement(column, move).execute(tx)
  const [place] = rows
  if (place) return place
  throw unknownNeighbour(move.before_id === undefined ? 'after_id' : 'before_id', object)
}

function placeStatement(column: RawBuilder<unknown>, move: StageMove): RawBuilder<Place> {
  if (move.before_id !== undefined)
    return sql<Place>`WITH n AS MATERIALIZED (SELECT c.rank ${column} AND c.id = ${move.before_id}::uuid)
      SELECT (SELECT c.rank ${column} AND c.rank < n.rank ORDER BY c.rank DESC, c.id DESC LIMIT 1) AS above, n.rank AS below FROM n`
  if (move.after_id !== undefined)
    return below(column, sql`SELECT c.rank ${column} AND c.id = ${move.after_id}::uuid`)
  if (!move.position)
    return sql<Place>`SELECT NULL::text AS above, (SELECT c.rank ${column} ORDER BY c.rank, c.id LIMIT 1) AS below`
  // Beyond the end of the column, the last card is the one above.
  const upTo = sql`SELECT c.rank ${column} ORDER BY c.rank, c.id LIMIT ${move.position}`
  return below(column, sql`SELECT max(o.rank) AS rank FROM (${upTo}) o`)
}

function below(column: RawBuilder<unknown>, neighbour: RawBuilder<unknown>): RawBuilder<Place> {
  return sql<Place>`WITH n AS MATERIALIZED (${neighbour})
    SELECT n.rank AS above, (SELECT c.rank ${column} AND c.rank > n.rank ORDER BY c.rank, c.id LIMIT 1) AS below FROM n`
}
