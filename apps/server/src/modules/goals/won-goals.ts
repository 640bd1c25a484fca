/** What is to be won, for the forecast: of whom, from which day to which. */
import type { GoalPeriod } from '@rapport/contracts'
import { sql } from 'kysely'
import { scopeOf } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { inReach } from './read.ts'

export type WonGoal = {
  user_id: string | null
  team_id: string | null
  period: GoalPeriod
  starts_on: string
  ends_before: string
  currency: string
  target: number
}

/** Goals of won value that lie within these days. */
export async function readWonGoals(
  { actor, read }: ReadContext,
  { from, until }: { from: string; until: string },
): Promise<WonGoal[]> {
  if (scopeOf(actor, 'goals:read') === undefined) return []
  const statement = sql<WonGoal>`
    SELECT g.user_id, g.team_id, g.period, g.starts_on::text AS starts_on, g.ends_before::text AS ends_before, g.currency,
      (g.target::numeric / 10000)::float8 AS target
    FROM goals g WHERE g.organization_id = ${actor.organization_id}::uuid AND g.metric = 'won_value' AND ${inReach(actor)}
      AND g.starts_on >= ${from}::date AND g.ends_before <= ${until}::date`
  return read(statement.compile(queryBuilder))
}
