/**
 * The list of any described object: one statement that answers the page as JSON text, so that rows are never
 * decoded in Node. Pages follow each other by the keys of their last row (keyset), never by offset.
 */
import type { ListQuery } from '@rapport/contracts'
import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import type { Actor } from '../actor.ts'
import { JsonText, type ReadContext } from '../http/route.ts'
import { queryBuilder } from '../kysely.ts'
import { sortCursor } from './cursor.ts'
import { seenBy, type RecordDescription } from './description.ts'
import { parseFilter } from './filter.ts'
import { ownConditions, ownMatches, ownPage } from './own-index.ts'
import { parseFields, presentation } from './present.ts'
import { parseIncludes } from './relations.ts'
import { baseClause, conditionsOf, foundClause, heldMatch, type Match } from './selection.ts'
import { afterKeys, keysOf, orderBy, parseSort, type Sort } from './sort.ts'

export type PageRow = { items: string; last: string | null; total: number | null }
export type ListPlan = { sort: Sort; page: CompiledQuery<PageRow>; estimate: CompiledQuery<PlanRow> | null }
type PlanRow = { 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }

/** Up to here an estimate is counted exactly; beyond, the planner is asked. */
const countedUpTo = 1000

export function planList(
  described: RecordDescription,
  actor: Actor,
  query: ListQuery,
  match: Match | null,
): ListPlan {
  const records = seenBy(described, actor)
  const trashed = query.trashed === 'true'
  const held = heldMatch(described, records, actor, match, query.q)
  // What is looked at once more cannot be cut off before.
  const byId = match !== null && !held && !trashed && query.sort === undefined && query.filter === undefined
  const sort = sortOf(records, query, byId)
  const after = query.cursor === undefined ? null : sortCursor.decode(sort, query.cursor)
  const filter = query.filter === undefined ? null : parseFilter(records, actor, query.filter)
  const selection = { records, actor, trashed, filter, match, held, q: query.q }
  const base = baseClause(selection)
  const found = foundClause(selection)
  const limit = sql`LIMIT ${query.limit + 1}`
  // The index of own fields knows live records only; what is searched is found by its words.
  const own = trashed || match ? [] : ownConditions(filter)
  const table = {
    table: records.table,
    actor,
    base,
    conditions: conditionsOf(selection),
    sort,
    after,
    rows: query.limit + 1,
  }
  const rows =
    match && byId
      ? sql`SELECT r.* ${base} AND r.id = ANY (ARRAY(${match.newest(after?.[0] ?? null, query.limit + 1)}))
          ORDER BY ${orderBy(sort)} ${limit}`
      : ((trashed || match ? null : ownPage(table, own)) ??
        sql`SELECT r.* ${base} ${found} ${after ? sql`AND ${afterKeys(sort, after)}` : sql``}
          ORDER BY ${orderBy(sort)} ${limit}`)
  const told = { names: parseFields(records, query.fields), included: parseIncludes(records, query.include) }
  const selected = sql`${base} ${found} ${ownMatches(actor, own)}`
  const search = trashed ? null : match
  const counted = total(query, selected, search, filter === null && !held)
  const page = pageOf(rows, sort, query.limit, presentation(records, actor, told), counted)
  return {
    sort,
    page: page.compile(queryBuilder),
    estimate:
      query.count === 'estimate' && (!search || search.broad)
        ? sql<PlanRow>`EXPLAIN (FORMAT JSON) SELECT 1 ${selected}`.compile(queryBuilder)
        : null,
  }
}

function sortOf(records: RecordDescription, query: ListQuery, byId: boolean): Sort {
  if (query.trashed === 'true') return parseSort(records, query.sort ?? '-deleted_at', 'deleted_at')
  // Ids are UUIDv7, so their order is that of creation; the search table knows them without the record.
  return parseSort(records, query.sort ?? (byId ? '-id' : '-created_at'))
}

/** @param alone whether only the search narrows the list, so that its index can count without a look at the records. */
function total(
  { count }: ListQuery,
  selected: RawBuilder<unknown>,
  search: Match | null,
  alone: boolean,
): RawBuilder<unknown> {
  if (count === undefined) return sql`NULL::bigint`
  // The planner knows nothing of a search, but what it finds is counted fast.
  const exactly = count === 'exact' || (search !== null && !search.broad)
  if (exactly && search && alone) return sql`(SELECT count(*) FROM (${search.all}) c)`
  if (exactly) return sql`(SELECT count(*) ${selected})`
  return sql`(SELECT count(*) FROM (SELECT 1 ${selected} LIMIT ${countedUpTo + 1}) c)`
}

/** @param rows one row more than the limit, in order. */
export function pageOf(
  rows: RawBuilder<unknown>,
  sort: Sort,
  limit: number,
  columns: RawBuilder<unknown>,
  counted: RawBuilder<unknown> = sql`NULL::bigint`,
): RawBuilder<PageRow> {
  return sql<PageRow>`
    SELECT '[' || coalesce(string_agg(p.item, ',' ORDER BY p.n) FILTER (WHERE p.n <= ${limit}), '') || ']' AS items,
      CASE WHEN count(*) > ${limit} THEN max(p.keys) FILTER (WHERE p.n = ${limit}) END AS last,
      ${counted} AS total
    FROM (
      SELECT row_number() OVER () AS n, row_to_json(x)::text AS item, ${keysOf(sort)} AS keys
      FROM (${rows}) r CROSS JOIN LATERAL (SELECT ${columns}) x
    ) p`
}

export async function readList({ read }: ReadContext, plan: ListPlan): Promise<JsonText> {
  const [page] = await read(plan.page)
  const next = page?.last ? sortCursor.encode(plan.sort, page.last) : null
  const counted = page?.total ?? null
  const guess = plan.estimate && counted !== null && counted > countedUpTo ? await read(plan.estimate) : null
  const told = guess?.[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? counted
  return new JsonText(
    `{"items":${page?.items ?? '[]'},"next_cursor":${JSON.stringify(next)}${told === null ? '' : `,"total":${Math.max(told, counted ?? 0)}`}}`,
  )
}
