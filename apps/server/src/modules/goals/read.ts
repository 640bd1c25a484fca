/**
 * Goals with what they have come to. A goal is told to who may see everything that counts for it: what it has come to
 * would otherwise tell of records that they may not read. It is counted when it is asked for, in the caller's time
 * zone; what several goals count in the same period is counted once.
 */
import {
  goalMetricNames,
  goalMetrics,
  moneyScale,
  mostGoals,
  type Goal,
  type GoalMetric,
} from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { countMetrics, metricReach, metricSeen } from '../metrics/index.ts'

export type GoalRow = Omit<Goal, 'target' | 'reached'> & { target: number; reached: number }

/** The metrics of which the actor may know anything. */
const seenMetrics = (actor: Actor): GoalMetric[] =>
  goalMetricNames.filter((metric) => {
    const reach = metricReach(actor, metric)
    return metricSeen(actor, metric) && (reach === 'all' || reach.length > 0)
  })

/** Whether all of whom the goal `g` is about are in the actor's reach. */
export function inReach(actor: Actor): RawBuilder<unknown> {
  const organization = sql`${actor.organization_id}::uuid`
  const of = (metric: GoalMetric) => {
    const reach = metricReach(actor, metric)
    if (reach === 'all') return sql`g.metric = ${metric}`
    return sql`(g.metric = ${metric} AND (g.user_id = ANY(${reach}::uuid[]) OR (g.team_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM team_members m WHERE m.organization_id = ${organization} AND m.team_id = g.team_id
        AND m.user_id <> ALL(${reach}::uuid[])))))`
  }
  const seen = seenMetrics(actor)
  return seen.length === 0 ? sql`false` : sql`(${sql.join(seen.map(of), sql` OR `)})`
}

/** @param restriction continues the WHERE on the goal `g`. */
export function selectGoals(actor: Actor, restriction: RawBuilder<unknown>): RawBuilder<GoalRow> {
  const organization = sql`${actor.organization_id}::uuid`
  const at = (day: RawBuilder<unknown>) => sql`(${day}::timestamp AT TIME ZONE ${actor.time_zone})`
  const [from, until] = [at(sql`g.starts_on`), at(sql`g.ends_before`)]
  const told = sql`FROM goals g WHERE g.organization_id = ${organization} AND ${inReach(actor)} ${restriction}`
  const spans = sql`SELECT w.metric, w.from_at, w.until_at FROM wanted w`
  return sql<GoalRow>`
    WITH wanted AS MATERIALIZED (
      SELECT g.*, ${from} AS from_at, ${until} AS until_at ${told} ORDER BY g.starts_on, g.id LIMIT ${mostGoals}),
    counted AS MATERIALIZED (${countMetrics(actor, goalMetricNames, spans)})
    SELECT w.id, w.user_id, w.team_id, w.metric, w.period, w.starts_on::text AS starts_on, w.ends_before::text AS ends_before,
      w.target::float8 AS target, w.currency, w.version, w.created_at, w.updated_at,
      CASE WHEN w.user_id IS NOT NULL THEN (SELECT u.full_name FROM memberships m JOIN users u ON u.id = m.user_id
          WHERE m.organization_id = ${organization} AND m.user_id = w.user_id)
        ELSE (SELECT t.name FROM teams t WHERE t.organization_id = ${organization} AND t.id = w.team_id) END AS name,
      (SELECT coalesce(sum(c.amount), 0) FROM counted c
        WHERE c.metric = w.metric AND c.from_at = w.from_at AND c.until_at = w.until_at AND c.currency IS NOT DISTINCT FROM w.currency
          AND (w.user_id IS NULL OR c.user_id = w.user_id)
          AND (w.team_id IS NULL OR c.user_id IN (SELECT m.user_id FROM team_members m
            WHERE m.organization_id = ${organization} AND m.team_id = w.team_id)))::float8 AS reached
    FROM wanted w ORDER BY w.starts_on, w.ends_before, w.user_id IS NOT NULL, w.team_id IS NOT NULL, name, w.metric, w.id`
}

/** Money in units. */
export function presentGoal(row: GoalRow): Goal {
  const scale = goalMetrics[row.metric] === 'money' ? moneyScale : 1
  return { ...row, target: row.target / scale, reached: row.reached / scale }
}
