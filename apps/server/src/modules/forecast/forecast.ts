/**
 * The forecast: open deals by the month of their expected close, won ones by that of their closing, each currency by
 * itself. One statement reads both from indexes that hold all that is added up, so that only the months asked for are
 * looked at, and no record of them.
 */
import {
  moneyScale,
  type Forecast,
  type ForecastFigures,
  type ForecastQuery,
  type ForecastRow,
} from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { readWonGoals } from '../goals/index.ts'
import { goalsFor, type GoalsOf } from './goals.ts'
import { monthsBetween, narrowed, requireSeen, stagesOf, type Span } from './scope.ts'

const parts = ['won', 'committed', 'best_case', 'pipeline', 'open'] as const

type Row = Record<`${(typeof parts)[number]}_${'count' | 'value'}`, number> & {
  kind: 'total' | 'group' | 'undated'
  id: string | null
  /** 1 is the first one asked for; null is all of them together. */
  month: number | null
  currency: string
  weighted: number
  name: string | null
  member_ids: (string | null)[] | null
}

export async function readForecast({ actor, read }: ReadContext, query: ForecastQuery): Promise<Forecast> {
  requireSeen(actor)
  const span = monthsBetween(query.from, query.to, actor.time_zone)
  const within = { from: span.days[0] ?? '', until: span.days.at(-1) ?? '' }
  const [rows, won] = await Promise.all([
    read(forecastStatement(actor, query, span).compile(queryBuilder)),
    readWonGoals({ actor, read }, within),
  ])
  const goals = goalsFor(actor, query, span, won)
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind)
  const inOrder = (some: Row[]) =>
    [...Map.groupBy(some, ({ currency }) => currency)].toSorted(([a], [b]) => ownFirst(actor)(a, b))
  const told = of('total')
  // What is aimed at is told, too, where nothing is in sight yet.
  const aimed = won.flatMap(({ currency }) => (goals.all(currency)(null) === null ? [] : [currency]))
  const currencies = [...new Set([...told.map(({ currency }) => currency), ...aimed])]
  const totals = currencies.toSorted(ownFirst(actor)).map((currency) =>
    rowOf(
      span,
      currency,
      told.filter((row) => row.currency === currency),
      goals.all(currency),
    ),
  )
  const byGroup = Map.groupBy(of('group'), ({ id }) => id)
  const groups = [...byGroup].flatMap(([id, cells]) =>
    inOrder(cells).map(([currency, own]) => {
      const whole = own.find(({ month }) => month === null)
      const member_ids = query.group_by === 'team' ? (whole?.member_ids ?? []) : null
      return {
        id,
        name: whole?.name ?? null,
        member_ids,
        ...rowOf(span, currency, own, goals.group(id, currency)),
      }
    }),
  )
  for (const { id, name, member_ids, currency } of goals.aimed())
    if (!groups.some((group) => group.id === id && group.currency === currency))
      groups.push({ id, name, member_ids, ...rowOf(span, currency, [], goals.group(id, currency)) })
  const undated = of('undated').map(({ currency, open_count, open_value }) => ({
    currency,
    count: open_count,
    value: open_value,
  }))
  return { time_zone: actor.time_zone, months: span.months, totals, groups: groups.toSorted(byName), undated }
}

const ownFirst =
  ({ currency }: Actor) =>
  (a: string, b: string) =>
    Number(b === currency) - Number(a === currency) || a.localeCompare(b)

type Named = { id: string | null; name: string | null }
/** What belongs to nobody stands last. */
const byName = (a: Named, b: Named) =>
  Number(a.id === null) - Number(b.id === null) || (a.name ?? '').localeCompare(b.name ?? '')

function rowOf({ months }: Span, currency: string, cells: readonly Row[], goalOf: GoalsOf): ForecastRow {
  const of = (month: number | null) =>
    figuresOf(
      cells.find((cell) => cell.month === month),
      goalOf(month),
    )
  return { currency, months: months.map((_, index) => of(index + 1)), total: of(null) }
}

function figuresOf(row: Row | undefined, goal: number | null): ForecastFigures {
  const sum = (part: (typeof parts)[number]) => ({
    count: row?.[`${part}_count`] ?? 0,
    value: row?.[`${part}_value`] ?? 0,
  })
  const [won, committed] = [sum('won'), sum('committed')]
  return {
    won,
    committed,
    best_case: sum('best_case'),
    pipeline: sum('pipeline'),
    open: sum('open'),
    weighted: row?.weighted ?? 0,
    goal,
    gap: goal === null ? null : inUnits(goal - won.value - committed.value),
  }
}

/** Without what binary fractions add to a difference. */
const inUnits = (amount: number) => Math.round(amount * moneyScale) / moneyScale

function forecastStatement(actor: Actor, query: ForecastQuery, span: Span): RawBuilder<Row> {
  const nothing = sql`NULL::text AS name, NULL::uuid[] AS member_ids`
  const { joins, key, name, members } = grouping(actor, query.group_by)
  const grouped = sql`
    UNION ALL
    SELECT 'group', g.id, g.month, g.currency, ${named}, g.weighted, CASE WHEN g.month IS NULL THEN ${name} END,
      CASE WHEN g.month IS NULL THEN ${members} END
    FROM (SELECT ${key} AS id, b.month, b.currency, ${sums} FROM base b ${joins}
      GROUP BY GROUPING SETS ((1, b.month, b.currency), (1, b.currency))) g`
  return sql<Row>`
    WITH st AS MATERIALIZED (${stagesOf(actor)}), base AS MATERIALIZED (${base(actor, query, span)})
    SELECT 'total' AS kind, NULL::uuid AS id, t.month, t.currency, ${named}, t.weighted, ${nothing}
    FROM (SELECT b.month, b.currency, ${sums} FROM base b WHERE b.month > 0
      GROUP BY GROUPING SETS ((b.month, b.currency), (b.currency))) t
    ${query.group_by === 'none' ? sql`` : grouped}
    UNION ALL
    SELECT 'undated', NULL, NULL, u.currency, ${named}, 0, ${nothing}
    FROM (SELECT b.currency, ${sums} FROM base b WHERE b.month = 0 GROUP BY 1) u`
}

/** Sums by month, owner, pipeline, currency and part; the month 0 is of open deals without an expected close. */
function base(actor: Actor, query: ForecastQuery, { days, starts }: Span): RawBuilder<unknown> {
  const [firstDay, lastDay] = [days[0], days.at(-1)]
  const [first, last] = [starts[0], starts.at(-1)]
  const open = sql`${narrowed(actor, query)} AND r.deleted_at IS NULL AND r.status = 'open'`
  const category = sql`forecast_category(r.forecast_category, st.forecast_category, st.probability)`
  const sumsOfOpen = sql`${category} AS part, count(*) AS count, sum(r.value) AS amount,
      sum(r.value * coalesce(r.probability, st.probability)) AS weighted`
  return sql`
    SELECT width_bucket(r.expected_close, ${days}::date[]) AS month, r.owner_id, r.pipeline_id, r.currency, ${sumsOfOpen}
    FROM deals r JOIN st ON st.id = r.stage_id
    WHERE ${open} AND r.expected_close >= ${firstDay}::date AND r.expected_close < ${lastDay}::date GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT 0, r.owner_id, r.pipeline_id, r.currency, ${sumsOfOpen}
    FROM deals r JOIN st ON st.id = r.stage_id WHERE ${open} AND r.expected_close IS NULL GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT width_bucket(r.closed_at, ${starts}::timestamptz[]), r.owner_id, r.pipeline_id, r.currency, 'won', count(*), sum(r.value), 0
    FROM deals r WHERE ${narrowed(actor, query)} AND r.deleted_at IS NULL AND r.status = 'won'
      AND r.closed_at >= ${first}::timestamptz AND r.closed_at < ${last}::timestamptz GROUP BY 1, 2, 3, 4`
}

const partSums = (part: (typeof parts)[number]) => {
  const of = part === 'open' ? sql`b.part NOT IN ('won', 'omitted')` : sql`b.part = ${sql.lit(part)}`
  return sql`coalesce(sum(b.count) FILTER (WHERE ${of}), 0) AS ${sql.ref(`${part}_count`)},
    coalesce(sum(b.amount) FILTER (WHERE ${of}), 0) AS ${sql.ref(`${part}_value`)}`
}
const sums = sql`${sql.join(parts.map(partSums))},
  (coalesce(sum(b.weighted) FILTER (WHERE b.part <> 'omitted'), 0) / 1000000)::float8 AS weighted`

/** Ten-thousandths become units only at the end, so that no rounding reaches a sum. */
const named = sql.join(
  parts.flatMap((part) => [
    sql`${sql.ref(`${part}_count`)}::int`,
    sql`(${sql.ref(`${part}_value`)} / 10000)::float8 AS ${sql.ref(`${part}_value`)}`,
  ]),
)

type Grouping = Record<'joins' | 'key' | 'name' | 'members', RawBuilder<unknown>>

function grouping({ organization_id }: Actor, by: ForecastQuery['group_by']): Grouping {
  const organization = sql`${organization_id}::uuid`
  const dated = sql`WHERE b.month > 0`
  const members = sql`NULL::uuid[]`
  if (by === 'team')
    return {
      joins: sql`LEFT JOIN team_members tm ON tm.organization_id = ${organization} AND tm.user_id = b.owner_id ${dated}`,
      key: sql`tm.team_id`,
      name: sql`(SELECT t.name FROM teams t WHERE t.organization_id = ${organization} AND t.id = g.id)`,
      members: sql`ARRAY(SELECT DISTINCT b.owner_id FROM base b
        LEFT JOIN team_members m ON m.organization_id = ${organization} AND m.user_id = b.owner_id
        WHERE b.month > 0 AND m.team_id IS NOT DISTINCT FROM g.id)`,
    }
  if (by === 'pipeline')
    return {
      joins: dated,
      key: sql`b.pipeline_id`,
      name: sql`(SELECT p.name FROM pipelines p WHERE p.organization_id = ${organization} AND p.id = g.id)`,
      members,
    }
  return {
    joins: dated,
    key: sql`b.owner_id`,
    name: sql`(SELECT u.full_name FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ${organization} AND m.user_id = g.id)`,
    members,
  }
}
