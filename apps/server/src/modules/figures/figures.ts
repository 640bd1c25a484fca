/** Figures of the span that is under way, beside as much of the one before: all that are asked for in one statement. */
import type { Figure, FigureName, GoalPeriod } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { recordsOf, seenBy, visibleClause } from '../../platform/lists/index.ts'
import { metricReach } from '../metrics/index.ts'
import { spansAt, type Spans } from './spans.ts'

type Asked = Spans & { actor: Actor; owner_id: string | null }
type Definition = {
  unit: Figure['unit']
  /** What it is made of; a role that does not see all of it is not told the figure. */
  object: 'deal' | 'lead' | null
  fields: readonly string[]
  /** Selects currency, value and before. */
  select: (asked: Asked) => RawBuilder<unknown>
}

type Row = { name: FigureName; currency: string | null; value: number | null; before: number | null }

export async function readFigures(
  { actor, read }: ReadContext,
  { names, period, owner_id }: { names: FigureName[]; period: GoalPeriod; owner_id?: string | undefined },
): Promise<{ from: string; items: Figure[]; next_cursor: null }> {
  const spans = spansAt(new Date(), period, actor.time_zone)
  const asked = { ...spans, actor, owner_id: owner_id === 'me' ? actor.user_id : (owner_id ?? null) }
  const told = [...new Set(names)].filter((name) => isSeen(actor, definitions[name]))
  const rows = told.length === 0 ? [] : await read(statementOf(told, asked).compile(queryBuilder))
  const items = told.map((name) => ({
    name,
    unit: definitions[name].unit,
    values: rows
      .filter((row) => row.name === name)
      .map(({ currency, value, before }) => ({ currency, value, before }))
      .toSorted((a, b) => Number(b.currency === actor.currency) - Number(a.currency === actor.currency)),
  }))
  return { from: spans.from, items, next_cursor: null }
}

function isSeen(actor: Actor, { object, fields }: Definition): boolean {
  if (object === null) return true
  const records = seenBy(recordsOf(object), actor)
  return (
    scopeOf(actor, records.permissions.read) !== undefined && fields.every((name) => records.fields.has(name))
  )
}

const statementOf = (names: readonly FigureName[], asked: Asked): RawBuilder<Row> => {
  const each = names.map(
    (
      name,
    ) => sql`SELECT ${name}::text AS name, f.currency::text AS currency, f.value::float8 AS value, f.before::float8 AS before
      FROM (${definitions[name].select(asked)}) f`,
  )
  return sql<Row>`${sql.join(each, sql` UNION ALL `)} ORDER BY 1, 2`
}

/** Live records of the object that the caller may read, of the member asked for. */
function those(object: 'deal' | 'lead', { actor, owner_id }: Asked): RawBuilder<unknown> {
  return sql`r.organization_id = ${actor.organization_id}::uuid AND r.deleted_at IS NULL ${visibleClause(recordsOf(object), actor)}
    ${owner_id === null ? sql`` : sql`AND r.owner_id = ${owner_id}::uuid`}`
}

const inSpan = (time: RawBuilder<unknown>, { from, until }: Spans) =>
  sql`${time} >= ${from}::timestamptz AND ${time} < ${until}::timestamptz`
const inBefore = (time: RawBuilder<unknown>, { before_from, before_until }: Spans) =>
  sql`${time} >= ${before_from}::timestamptz AND ${time} < ${before_until}::timestamptz`
const sinceBefore = (time: RawBuilder<unknown>, { before_from, until }: Spans) =>
  sql`${time} >= ${before_from}::timestamptz AND ${time} < ${until}::timestamptz`

const closed = sql`r.closed_at`
/** An aggregate of the deals that were closed, in both spans. */
const ofClosed =
  (aggregate: RawBuilder<unknown>, status: RawBuilder<unknown>, currency = sql`NULL::text`) =>
  (asked: Asked) => sql`
    SELECT ${currency} AS currency, ${aggregate} FILTER (WHERE ${inSpan(closed, asked)}) AS value,
      ${aggregate} FILTER (WHERE ${inBefore(closed, asked)}) AS before
    FROM deals r WHERE ${those('deal', asked)} AND ${status} AND ${sinceBefore(closed, asked)}`
const won = sql`r.status = 'won'`

const definitions: Readonly<Record<FigureName, Definition>> = {
  open_pipeline: {
    unit: 'money',
    object: 'deal',
    fields: ['status', 'value', 'currency', 'owner_id'],
    select: openPipeline,
  },
  won_value: {
    unit: 'money',
    object: 'deal',
    fields: ['status', 'value', 'currency', 'closed_at', 'owner_id'],
    select: (asked) =>
      sql`SELECT w.currency, coalesce(w.value, 0) / 10000 AS value, coalesce(w.before, 0) / 10000 AS before
        FROM (${ofClosed(sql`sum(r.value)`, won, sql`r.currency`)(asked)} GROUP BY 1) w`,
  },
  won_deals: {
    unit: 'count',
    object: 'deal',
    fields: ['status', 'closed_at', 'owner_id'],
    select: ofClosed(sql`count(*)`, won),
  },
  win_rate: {
    unit: 'percent',
    object: 'deal',
    fields: ['status', 'closed_at', 'owner_id'],
    select: ofClosed(sql`avg((r.status = 'won')::int)`, sql`r.status IN ('won', 'lost')`),
  },
  days_to_win: {
    unit: 'days',
    object: 'deal',
    fields: ['status', 'closed_at', 'created_at', 'owner_id'],
    // What was entered after it was won tells nothing of how long that took.
    select: ofClosed(
      sql`avg(extract(epoch FROM r.closed_at - r.created_at) / 86400)`,
      sql`${won} AND r.closed_at >= r.created_at`,
    ),
  },
  new_leads: {
    unit: 'count',
    object: 'lead',
    fields: ['created_at', 'owner_id'],
    select: (asked) => sql`
      SELECT NULL::text AS currency, count(*) FILTER (WHERE ${inSpan(sql`r.created_at`, asked)}) AS value,
        count(*) FILTER (WHERE ${inBefore(sql`r.created_at`, asked)}) AS before
      FROM leads r WHERE ${those('lead', asked)} AND ${sinceBefore(sql`r.created_at`, asked)}`,
  },
  follow_ups_done: { unit: 'count', object: null, fields: [], select: followUpsDone },
}

function followUpsDone(asked: Asked): RawBuilder<unknown> {
  const { actor, owner_id } = asked
  const reach = metricReach(actor, 'follow_ups_done')
  const people = reach === 'all' ? sql`` : sql`AND f.closed_by = ANY(${reach}::uuid[])`
  return sql`
    SELECT NULL::text AS currency, count(*) FILTER (WHERE ${inSpan(sql`f.closed_at`, asked)}) AS value,
      count(*) FILTER (WHERE ${inBefore(sql`f.closed_at`, asked)}) AS before
    FROM follow_ups f WHERE f.organization_id = ${actor.organization_id}::uuid AND f.status = 'done' AND f.closed_by IS NOT NULL
      ${people} ${owner_id === null ? sql`` : sql`AND f.closed_by = ${owner_id}::uuid`} AND ${sinceBefore(sql`f.closed_at`, asked)}`
}

/**
 * What is open now, and what was when the span began: now, without what was entered since, and with what has changed
 * since as it was then.
 */
function openPipeline(asked: Asked): RawBuilder<unknown> {
  const { actor, owner_id, from } = asked
  const organization = sql`${actor.organization_id}::uuid`
  const start = sql`${from}::timestamptz`
  const live = sql`${those('deal', asked)} AND r.status = 'open'`
  const kept = sql`(SELECT DISTINCT ON (h.deal_id) h.* FROM deal_history h
    WHERE h.organization_id = ${organization} AND h.until > ${start} ORDER BY h.deal_id, h.until) h
    JOIN deals r ON r.organization_id = ${organization} AND r.id = h.deal_id AND r.created_at <= ${start}`
  return sql`
    SELECT o.currency, sum(o.value) / 10000 AS value, sum(o.before) / 10000 AS before FROM (
      SELECT r.currency, sum(r.value) AS value, sum(r.value) AS before FROM deals r WHERE ${live} GROUP BY 1
      UNION ALL SELECT r.currency, 0, -r.value FROM deals r WHERE ${live} AND r.created_at > ${start}
      UNION ALL SELECT r.currency, 0, -r.value FROM ${kept} WHERE ${live}
      UNION ALL SELECT h.currency, 0, h.value FROM ${kept}
        WHERE r.organization_id = ${organization} ${visibleClause(recordsOf('deal'), actor)} AND h.status = 'open' AND h.deleted_at IS NULL
          ${owner_id === null ? sql`` : sql`AND h.owner_id = ${owner_id}::uuid`}
    ) o GROUP BY 1`
}
