/**
 * The list of any described object: one statement that answers the page as JSON text, so that rows are never
 * decoded in Node. Pages follow each other by the keys of their last row (keyset), never by offset.
 */
import type { ListQuery } from '@rapport/contracts'
import { sql, type CompiledQuery, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import { JsonText, type ReadContext } from '../http/route.ts'
import { queryBuilder } from '../kysely.ts'
import { sortCursor } from './cursor.ts'
import { seenBy, type RecordDescription } from './description.ts'
import { parseFilter } from './filter.ts'
import { filterClause, folded } from './filter-sql.ts'
import { parseFields, presentation, visibleClause } from './present.ts'
import { seenMatch, textOf } from './seen-match.ts'
import { afterKeys, keysOf, orderBy, parseSort, type Sort } from './sort.ts'

/** Where search finds ids of records: a FROM and WHERE over an alias `s` with `record_id`. */
export type Match = {
  from: RawBuilder<unknown>
  where: RawBuilder<SqlBool>
  /** So short a search that a good part of all records matches: better looked up row by row than collected. */
  broad: boolean
}

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
  const records = seenBy(described, actor.field_rules)
  const trashed = query.trashed === 'true'
  const held = match && query.q !== undefined ? seenMatch(described, records, query.q) : null
  // What is looked at once more cannot be cut off before.
  const byId = match !== null && !held && !trashed && query.sort === undefined && query.filter === undefined
  const sort = sortOf(records, query, byId)
  const after = query.cursor === undefined ? null : sortCursor.decode(sort, query.cursor)
  const filter = query.filter === undefined ? null : parseFilter(records, actor, query.filter)
  const base = sql`FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid
      AND r.deleted_at IS ${sql.raw(trashed ? 'NOT NULL' : 'NULL')} ${visibleClause(records, actor)}
      ${filter ? sql`AND ${filterClause(filter)}` : sql``} ${held ? sql`AND ${held}` : sql``}`
  const found = foundClause(records, trashed, match, query.q)
  const limit = sql`LIMIT ${query.limit + 1}`
  const rows =
    match && byId
      ? sql`SELECT r.* ${base} AND r.id IN (
          SELECT s.record_id FROM ${match.from} WHERE ${match.where}
          ${after ? sql`AND s.record_id < ${after[0]}::uuid` : sql``} ORDER BY s.record_id DESC ${limit})
          ORDER BY ${orderBy(sort)} ${limit}`
      : sql`SELECT r.* ${base} ${found} ${after ? sql`AND ${afterKeys(sort, after)}` : sql``}
          ORDER BY ${orderBy(sort)} ${limit}`
  const names = parseFields(records, query.fields)
  const page = pageOf(rows, sort, query.limit, presentation(records, actor, names), total(query, base, found))
  return {
    sort,
    page: page.compile(queryBuilder),
    estimate:
      query.count === 'estimate'
        ? sql<PlanRow>`EXPLAIN (FORMAT JSON) SELECT 1 ${base} ${found}`.compile(queryBuilder)
        : null,
  }
}

/**
 * OFFSET 0 has the search planned by itself. Planned as one with the records, its condition would come after
 * theirs of row-level security, and as it is not leakproof, no index could serve it. Search does not know the
 * trash, which is small enough to look through.
 */
function foundClause(
  records: RecordDescription,
  trashed: boolean,
  match: Match | null,
  q: string | undefined,
): RawBuilder<unknown> {
  if (!match || q === undefined) return sql``
  if (!trashed) {
    const fence = match.broad ? sql`` : sql`OFFSET 0`
    return sql`AND r.id IN (SELECT s.record_id FROM ${match.from} WHERE ${match.where} ${fence})`
  }
  const words = q.trim().split(/\s+/)
  const text = textOf([...records.fields.values()].filter((field) => field.searchable))
  const holds = words.map((word) => sql`strpos(${text}, ${folded(sql`${word}::text`)}) > 0`)
  return sql`AND ${sql.join(holds, sql` AND `)}`
}

function sortOf(records: RecordDescription, query: ListQuery, byId: boolean): Sort {
  if (query.trashed === 'true') return parseSort(records, query.sort ?? '-deleted_at', 'deleted_at')
  // Ids are UUIDv7, so their order is that of creation; the search table knows them without the record.
  return parseSort(records, query.sort ?? (byId ? '-id' : '-created_at'))
}

function total(query: ListQuery, base: RawBuilder<unknown>, found: RawBuilder<unknown>): RawBuilder<unknown> {
  if (query.count === 'exact') return sql`(SELECT count(*) ${base} ${found})`
  if (query.count === 'estimate')
    return sql`(SELECT count(*) FROM (SELECT 1 ${base} ${found} LIMIT ${countedUpTo + 1}) c)`
  return sql`NULL::bigint`
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
