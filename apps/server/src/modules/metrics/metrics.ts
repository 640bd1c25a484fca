/**
 * What is counted of people's work, each defined once: goals, cards and charts all read these. A metric is a select of
 * single facts of a span of time: whose, in which currency, how much.
 */
import type { GoalMetric, Permission } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { ownersInReach, type Actor } from '../../platform/actor.ts'
import { recordsOf, seenBy } from '../../platform/lists/index.ts'

type Metric = {
  /** Whoever reads these records of a person may know what the metric says of the person. */
  reach: readonly Permission[]
  /** Fields that it is made of, by their object: a role that does not see them is not told it. */
  fields: Readonly<Record<string, readonly string[]>>
  /** Selects user_id, currency and amount between the instants `from` and `until` of the row `span`. */
  facts: (organization: RawBuilder<unknown>) => RawBuilder<unknown>
}

const everything: readonly Permission[] = ['leads:read', 'contacts:read', 'deals:read']

const wonDeals =
  (amount: RawBuilder<unknown>, currency: RawBuilder<unknown>) => (organization: RawBuilder<unknown>) => sql`
  SELECT d.owner_id AS user_id, ${currency} AS currency, ${amount} AS amount FROM deals d
  WHERE d.organization_id = ${organization} AND d.deleted_at IS NULL AND d.status = 'won'
    AND d.closed_at >= span.from_at AND d.closed_at < span.until_at`

const madeRecords = (table: 'leads' | 'deals') => (organization: RawBuilder<unknown>) => sql`
  SELECT d.owner_id AS user_id, NULL::text AS currency, 1::bigint AS amount FROM ${sql.table(table)} d
  WHERE d.organization_id = ${organization} AND d.deleted_at IS NULL
    AND d.created_at >= span.from_at AND d.created_at < span.until_at`

export const metrics: Readonly<Record<GoalMetric, Metric>> = {
  won_value: {
    reach: ['deals:read'],
    fields: { deal: ['owner_id', 'status', 'closed_at', 'value', 'currency'] },
    facts: wonDeals(sql`d.value`, sql`d.currency`),
  },
  won_deals: {
    reach: ['deals:read'],
    fields: { deal: ['owner_id', 'status', 'closed_at'] },
    facts: wonDeals(sql`1::bigint`, sql`NULL::text`),
  },
  new_deals: {
    reach: ['deals:read'],
    fields: { deal: ['owner_id', 'created_at'] },
    facts: madeRecords('deals'),
  },
  new_leads: {
    reach: ['leads:read'],
    fields: { lead: ['owner_id', 'created_at'] },
    facts: madeRecords('leads'),
  },
  follow_ups_done: {
    reach: everything,
    fields: {},
    facts: (organization) => sql`
      SELECT f.closed_by AS user_id, NULL::text AS currency, 1::bigint AS amount FROM follow_ups f
      WHERE f.organization_id = ${organization} AND f.status = 'done' AND f.closed_by IS NOT NULL
        AND f.closed_at >= span.from_at AND f.closed_at < span.until_at`,
  },
  activities: {
    reach: everything,
    fields: {},
    facts: (organization) => sql`
      SELECT a.actor_id AS user_id, NULL::text AS currency, 1::bigint AS amount FROM activities a
      WHERE a.organization_id = ${organization} AND a.type IN ('note', 'call', 'email', 'meeting', 'message')
        AND a.actor_id IS NOT NULL AND a.occurred_at >= span.from_at AND a.occurred_at < span.until_at`,
  },
}

/** Whether the role sees all that the metric is made of. */
export const metricSeen = (actor: Actor, metric: GoalMetric): boolean =>
  Object.entries(metrics[metric].fields).every(([object, names]) => {
    const { fields } = seenBy(recordsOf(object), actor)
    return names.every((name) => fields.has(name))
  })

/** Of whom the actor may know the metric: the narrowest reach of what it is made of. */
export function metricReach(actor: Actor, metric: GoalMetric): 'all' | readonly string[] {
  const reaches = metrics[metric].reach.map((permission) => ownersInReach(actor, permission))
  return reaches.reduce((one, other) => {
    if (one === 'all') return other
    return other === 'all' ? one : one.filter((id) => other.includes(id))
  })
}

/**
 * The rows of `spans` (metric, from_at, until_at), each with user_id, currency and the amount that the person came to.
 * @param spans a select; those of one metric and the same time are counted once.
 */
export function countMetrics(
  actor: Actor,
  wanted: readonly GoalMetric[],
  spans: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const organization = sql`${actor.organization_id}::uuid`
  const branches = wanted.map(
    (name) => sql`
      SELECT span.metric, span.from_at, span.until_at, c.user_id, c.currency, c.amount
      FROM spans span CROSS JOIN LATERAL (
        SELECT f.user_id, f.currency, sum(f.amount) AS amount FROM (${metrics[name].facts(organization)}) f GROUP BY 1, 2) c
      WHERE span.metric = ${name}`,
  )
  return sql`WITH spans AS MATERIALIZED (SELECT DISTINCT s.metric, s.from_at, s.until_at FROM (${spans}) s)
    ${sql.join(branches, sql` UNION ALL `)}`
}
