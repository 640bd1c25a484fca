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
  /** Of the member or the team. */
  name: string | null
  member_ids: string[] | null
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
  const organization = sql`${actor.organization_id}::uuid`
  const statement = sql<WonGoal>`
    SELECT g.user_id, g.team_id, g.period, g.starts_on::text AS starts_on, g.ends_before::text AS ends_before, g.currency,
      (g.target::numeric / 10000)::float8 AS target,
      coalesce((SELECT u.full_name FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = ${organization} AND m.user_id = g.user_id),
        (SELECT t.name FROM teams t WHERE t.organization_id = ${organization} AND t.id = g.team_id)) AS name,
      CASE WHEN g.team_id IS NOT NULL THEN ARRAY(SELECT m.user_id FROM team_members m
        WHERE m.organization_id = ${organization} AND m.team_id = g.team_id) END AS member_ids
    FROM goals g WHERE g.organization_id = ${organization} AND g.metric = 'won_value' AND ${inReach(actor)}
      AND g.starts_on >= ${from}::date AND g.ends_before <= ${until}::date`
  return read(statement.compile(queryBuilder))
}
