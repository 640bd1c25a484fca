/**
 * Why the forecast is not what it was. Each deal that counts for another amount than then is told with one reason, and
 * the amounts add up to the difference exactly. What a deal was then is what `deal_history` kept of it, or, where it has
 * not changed since, the deal itself. Then and now are counted with the stages as they are set today, so that a changed
 * setting does not look like a changed deal; and of the deals that the caller may read today.
 */
import type { ForecastChanges, ForecastChangesQuery, ForecastMeasure } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  countedIn,
  isOwned,
  isPiped,
  monthsBetween,
  narrowed,
  readable,
  requireSeen,
  stagesOf,
  type Span,
} from './scope.ts'

type Row = Pick<ForecastChanges, 'sums' | 'items' | 'total'>

export async function readChanges(
  { actor, read }: ReadContext,
  query: ForecastChangesQuery,
): Promise<ForecastChanges> {
  requireSeen(actor)
  const span = monthsBetween(query.from, query.to, actor.time_zone)
  const [row] = await read(changesStatement(actor, query, span).compile(queryBuilder))
  if (!row) throw new Error('The changes were not read.')
  return { since: new Date(query.since).toISOString(), measure: query.measure, ...row }
}

function changesStatement(actor: Actor, query: ForecastChangesQuery, span: Span): RawBuilder<Row> {
  const organization = sql`${actor.organization_id}::uuid`
  const since = sql`${query.since}::timestamptz`
  const flags = (alias: 'i' | 'w') => flagsOf(actor, alias, query, span)
  return sql<Row>`
    WITH st AS MATERIALIZED (${stagesOf(actor)}),
    kept AS MATERIALIZED (
      SELECT DISTINCT ON (h.deal_id) h.* FROM deal_history h
      WHERE h.organization_id = ${organization} AND h.until > ${since} ORDER BY h.deal_id, h.until),
    touched AS MATERIALIZED (
      SELECT k.deal_id AS id FROM kept k
      UNION SELECT d.id FROM deals d WHERE d.organization_id = ${organization} AND d.deleted_at IS NULL AND d.created_at > ${since}),
    pairs AS MATERIALIZED (
      SELECT r.id, r.name, i.*, w.*, ${flags('i')}, ${flags('w')}
      FROM touched JOIN deals r ON r.id = touched.id JOIN st ON st.id = r.stage_id
      LEFT JOIN kept h ON h.deal_id = r.id AND r.created_at <= ${since}
      LEFT JOIN st hs ON hs.id = h.stage_id
      CROSS JOIN LATERAL (${stateNow}) i
      LEFT JOIN LATERAL (${stateThen}) w ON h.deal_id IS NOT NULL
      WHERE ${readable(actor)}),
    lines AS MATERIALIZED (
      SELECT p.*, c.counted_in, c.before, c.after, ${reason} AS reason
      FROM pairs p CROSS JOIN LATERAL (
        SELECT v.currency AS counted_in, sum(v.before) AS before, sum(v.after) AS after
        FROM (VALUES (p.w_currency, ${amount('w', query.measure)}, 0), (p.i_currency, 0, ${amount('i', query.measure)})) v (currency, before, after)
        WHERE v.currency IS NOT NULL GROUP BY 1) c
      WHERE c.before <> c.after),
    present AS (${present(actor, query, span)}),
    reasons AS (
      SELECT l.counted_in, l.reason, count(*) AS count, sum(l.after - l.before) AS change FROM lines l GROUP BY 1, 2),
    changed AS (
      SELECT r.counted_in, sum(r.change) AS change, json_agg(json_build_object('reason', r.reason, 'count', r.count,
        'change', ${units(sql`r.change`)}) ORDER BY abs(r.change) DESC) AS reasons
      FROM reasons r GROUP BY 1),
    told AS (SELECT l.* FROM lines l ORDER BY abs(l.after - l.before) DESC, l.id LIMIT ${query.limit})
    SELECT (
      SELECT coalesce(json_agg(json_build_object('currency', s.currency, 'before', ${units(sql`s.after - s.change`)},
        'after', ${units(sql`s.after`)}, 'change', ${units(sql`s.change`)}, 'reasons', s.reasons)
        ORDER BY s.currency = ${actor.currency} DESC, s.currency), '[]')
      FROM (SELECT coalesce(n.currency, c.counted_in) AS currency, coalesce(n.amount, 0) AS after, coalesce(c.change, 0) AS change,
          coalesce(c.reasons, '[]') AS reasons
        FROM present n FULL JOIN changed c ON c.counted_in = n.currency) s) AS sums,
    (SELECT coalesce(json_agg(json_build_object('deal', json_build_object('id', t.id, 'name', t.name), 'currency', t.counted_in,
        'reason', t.reason, 'before', ${units(sql`t.before`)}, 'after', ${units(sql`t.after`)}, 'change', ${units(sql`t.after - t.before`)},
        'was', CASE WHEN t.w_status IS NOT NULL THEN ${stateJson('w')} END, 'is', ${stateJson('i')})
        ORDER BY abs(t.after - t.before) DESC, t.id), '[]') FROM told t) AS items,
    (SELECT count(*)::int FROM lines) AS total`
}

/** Amounts are in ten-thousandths times a hundred, so that percents of them are whole. */
const units = (amountOf: RawBuilder<unknown>) => sql`((${amountOf}) / 1000000)::float8`

const stateNow = sql`
  SELECT r.status AS i_status, r.pipeline_id AS i_pipeline_id, r.owner_id AS i_owner_id, r.stage_id AS i_stage_id, r.value AS i_value,
    r.currency AS i_currency, r.expected_close AS i_expected_close, r.closed_at AS i_closed_at, r.deleted_at IS NOT NULL AS i_deleted,
    coalesce(r.probability, st.probability) AS i_probability,
    forecast_category(r.forecast_category, st.forecast_category, st.probability) AS i_category`

/** A stage that is gone counts as it was set when the deal left it. */
const stateThen = sql`
  SELECT h.status AS w_status, h.pipeline_id AS w_pipeline_id, h.owner_id AS w_owner_id, h.stage_id AS w_stage_id, h.value AS w_value,
    h.currency AS w_currency, h.expected_close AS w_expected_close, h.closed_at AS w_closed_at, h.deleted_at IS NOT NULL AS w_deleted,
    coalesce(h.probability, hs.probability, h.stage_probability) AS w_probability,
    forecast_category(h.forecast_category, CASE WHEN hs.id IS NULL THEN h.stage_category ELSE hs.forecast_category END,
      coalesce(hs.probability, h.stage_probability)) AS w_category`

type State = 'i' | 'w'
const column = (state: State, name: string) => sql.ref(`${state}_${name}`)

/** In which respects it was, or is, among those counted. */
function flagsOf(actor: Actor, state: State, query: ForecastChangesQuery, { days, starts }: Span) {
  const won = query.measure === 'won'
  const date = sql.ref(`${state}.${state}_${won ? 'closed_at' : 'expected_close'}`)
  const [first, last] = won
    ? [sql`${starts[0]}::timestamptz`, sql`${starts.at(-1)}::timestamptz`]
    : [sql`${days[0]}::date`, sql`${days.at(-1)}::date`]
  const category = won
    ? sql`true`
    : sql`${sql.ref(`${state}.${state}_category`)} = ANY(${countedIn(query.measure)}::text[])`
  const alias = sql`(SELECT ${sql.ref(`${state}.${state}_owner_id`)} AS owner_id, ${sql.ref(`${state}.${state}_pipeline_id`)} AS pipeline_id)`
  return sql`
    (SELECT ${isOwned(actor, 'x', query)} FROM ${alias} x) AS ${column(state, 'owned')},
    (SELECT ${isPiped('x', query)} FROM ${alias} x) AS ${column(state, 'piped')},
    coalesce(${date} >= ${first} AND ${date} < ${last}, false) AS ${column(state, 'dated')},
    coalesce(${category}, false) AS ${column(state, 'fitting')}`
}

function amount(state: State, measure: ForecastMeasure): RawBuilder<unknown> {
  const of = (name: string) => sql.ref(`p.${state}_${name}`)
  const weight = measure === 'weighted' ? of('probability') : sql`100`
  const status = measure === 'won' ? sql`'won'` : sql`'open'`
  return sql`CASE WHEN ${of('status')} = ${status} AND NOT ${of('deleted')} AND ${of('owned')} AND ${of('piped')} AND ${of('dated')}
    AND ${of('fitting')} THEN coalesce(${of('value')}, 0)::numeric * ${weight} ELSE 0 END`
}

/** The first that applies. */
const reason = sql`CASE
  WHEN p.w_status IS NULL THEN 'new'
  WHEN p.i_deleted AND NOT p.w_deleted THEN 'deleted'
  WHEN p.w_deleted AND NOT p.i_deleted THEN 'restored'
  WHEN p.i_status <> p.w_status THEN CASE p.i_status WHEN 'open' THEN 'reopened' ELSE p.i_status END
  WHEN p.i_piped <> p.w_piped THEN 'pipeline'
  WHEN p.i_owned <> p.w_owned THEN 'owner'
  WHEN p.i_currency <> p.w_currency THEN 'currency'
  WHEN p.i_dated <> p.w_dated THEN CASE
    WHEN p.i_status = 'open' AND (p.i_expected_close IS NULL OR p.i_expected_close > p.w_expected_close) THEN 'pushed_out'
    WHEN p.i_status <> 'open' AND p.i_closed_at > p.w_closed_at THEN 'pushed_out' ELSE 'pulled_in' END
  WHEN p.i_fitting <> p.w_fitting THEN CASE WHEN p.i_stage_id <> p.w_stage_id THEN 'stage' ELSE 'category' END
  WHEN coalesce(p.i_value, 0) > coalesce(p.w_value, 0) THEN 'value_up'
  WHEN coalesce(p.i_value, 0) < coalesce(p.w_value, 0) THEN 'value_down'
  WHEN p.i_stage_id <> p.w_stage_id THEN 'stage'
  ELSE 'probability' END`

/** What the measure comes to now. */
function present(actor: Actor, query: ForecastChangesQuery, { days, starts }: Span): RawBuilder<unknown> {
  const live = sql`${narrowed(actor, query)} AND r.deleted_at IS NULL`
  if (query.measure === 'won')
    return sql`
      SELECT r.currency, sum(r.value) * 100 AS amount FROM deals r WHERE ${live} AND r.status = 'won'
        AND r.closed_at >= ${starts[0]}::timestamptz AND r.closed_at < ${starts.at(-1)}::timestamptz GROUP BY 1`
  const weight = query.measure === 'weighted' ? sql`coalesce(r.probability, st.probability)` : sql`100`
  return sql`
    SELECT r.currency, sum(r.value * ${weight}) AS amount FROM deals r JOIN st ON st.id = r.stage_id
    WHERE ${live} AND r.status = 'open' AND r.expected_close >= ${days[0]}::date AND r.expected_close < ${days.at(-1)}::date
      AND forecast_category(r.forecast_category, st.forecast_category, st.probability) = ANY(${countedIn(query.measure)}::text[])
    GROUP BY 1`
}

const stateJson = (state: State) => {
  const of = (name: string) => sql.ref(`t.${state}_${name}`)
  return sql`json_build_object('status', ${of('status')}, 'stage_id', ${of('stage_id')}, 'owner_id', ${of('owner_id')},
    'value', (${of('value')}::numeric / 10000)::float8, 'currency', ${of('currency')}, 'probability', ${of('probability')},
    'category', ${of('category')}, 'expected_close', ${of('expected_close')},
    'closed_at', to_char(${of('closed_at')} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
}
