/**
 * The list of any described object: two statements in one message, of which the second answers the page as JSON text,
 * so that rows are never decoded in Node. Pages follow each other by the keys of their last row (keyset), never by offset.
 */
import type { ListQuery } from '@rapport/contracts'
import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import { ownersInReach, type Actor } from '../actor.ts'
import { JsonText, type ReadContext } from '../http/route.ts'
import { queryBuilder } from '../kysely.ts'
import { kept, keptParsed, type Statement } from '../prepared.ts'
import { sortCursor } from './cursor.ts'
import { seenBy, type RecordDescription, type ValueRows } from './description.ts'
import { parseFilter, type FilterTree } from './filter.ts'
import {
  findRare,
  ownConditions,
  ownMatches,
  rareClause,
  valuedRows,
  type OwnCondition,
} from './own-index.ts'
import { findPage, tellPage, type PageRow } from './page.ts'
import {
  isOneValue,
  newestOfOwn,
  newestWithValue,
  onlyCondition,
  onlyOwn,
  rowsOfValue,
  type Condition,
} from './one-value.ts'
import { baseClause, conditionsOf, foundClause, heldMatch, type Match } from './selection.ts'
import { afterKeys, idAndKeys, orderBy, parseSort, type Sort, type SortKey } from './sort.ts'

type PlanRow = { 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }
type Plan = {
  sort: Sort
  page: Statement<PageRow>
  /** What follows when the page ends early, for as many rows as it lacks. */
  others: ((limit: number) => Statement<PageRow>) | null
  estimate: CompiledQuery<PlanRow> | null
  /** Tells better than an estimate. */
  known?: KnownTotal
}

/** Up to here an estimate is counted exactly; beyond, a roll-up or the planner is asked. */
const countedUpTo = 10_000

/** How many records there are in all, kept by a roll-up. */
export type KnownTotal = CompiledQuery<{ total: number | null }>

/**
 * @param match how `q` finds records.
 * @param known beyond what is counted, for a list that nothing narrows.
 */
export async function readList(
  ctx: ReadContext,
  described: RecordDescription,
  query: ListQuery,
  match: Match | null,
  known: KnownTotal | null = null,
): Promise<JsonText> {
  const records = seenBy(described, ctx.actor)
  const filter = query.filter === undefined ? null : parseFilter(records, ctx.actor, query.filter)
  // The index of own fields knows live records only; what is searched is found by its words.
  const isPlain = query.trashed !== 'true' && match === null
  const only = isPlain && query.sort === undefined ? onlyCondition(records, ctx.actor, filter) : null
  const having = only && rowsOfValue(ctx.actor, only)
  const onlyOne = only && onlyOwn(only)
  const own = isPlain ? ownConditions(filter) : []
  const rare = onlyOne && isOneValue(onlyOne) ? onlyOne : await findRare(ctx, own)
  const conditions = { filter, match, own, rare, having, onlyOne }
  const reachesAll = ownersInReach(ctx.actor, records.permissions.read) === 'all'
  const isWhole = isPlain && filter === null && reachesAll
  const plan = planList(described, ctx.actor, query, conditions)
  return readPlan(ctx, query.limit, isWhole && known && plan.estimate ? { ...plan, known } : plan)
}

type Conditions = {
  filter: FilterTree | null
  match: Match | null
  own: readonly OwnCondition[]
  rare: OwnCondition | null
  /** The rows of the only value that is asked for, where they are in the order of the list. */
  having: ValueRows | null
  /** The only condition, where the index of own fields knows all about it. */
  onlyOne: OwnCondition | null
}

function planList(
  described: RecordDescription,
  actor: Actor,
  query: ListQuery,
  { filter, match, own, rare, having, onlyOne }: Conditions,
): Plan {
  const records = seenBy(described, actor)
  const trashed = query.trashed === 'true'
  const held = heldMatch(described, records, actor, match, query.q)
  // What is looked at once more cannot be cut off before.
  const byId = match !== null && !held && !trashed && query.sort === undefined && query.filter === undefined
  const sort = sortOf(records, query, byId || having !== null || onlyOne !== null)
  const after = query.cursor === undefined ? null : sortCursor.decode(sort, query.cursor)
  const selection = { records, actor, trashed, filter, match, held, q: query.q }
  const base = sql`${baseClause(selection)} ${rare ? rareClause(actor, rare) : sql``}`
  const found = foundClause(selection)
  const conditions = conditionsOf(selection)
  const seesAll = ownersInReach(actor, records.permissions.read) === 'all'
  const only = onlyCondition(records, actor, filter)
  const isStretch = sort[0] !== undefined && isOnly(only, sort[0])
  const isKnown = seesAll && (filter === null || (isStretch && only !== null && onlyOwn(only) !== null))
  const parts = { records, actor, base, conditions, sort, after, isKnown }
  const valued = trashed || match || rare ? null : valuedRows(parts, own, query.limit + 1)
  const first = { records, actor, after: after?.[0] ?? null, rows: query.limit + 1 }
  const plain = having
    ? newestWithValue(having, first)
    : onlyOne && rare
      ? newestOfOwn(onlyOne, first)
      : match && byId
        ? sql`SELECT ${idAndKeys(sort)} ${base} AND r.id = ANY (ARRAY(${match.newest(first.after, first.rows)})) ORDER BY ${orderBy(sort)}`
        : sql`SELECT ${idAndKeys(sort)} ${base} ${found} ${after ? sql`AND ${afterKeys(sort, after)}` : sql``}
          ORDER BY ${orderBy(sort)} LIMIT ${sql.lit(first.rows)}`
  const selected = sql`${base} ${found} ${rare ? sql`` : ownMatches(actor, own)}`
  const search = trashed ? null : match
  const counted = total(query, selected, search, filter === null && !held)
  const rest = tellPage(records, actor, query)
  const others = valued?.others ?? null
  const rows = valued ? (valued.valued ?? others?.(query.limit + 1) ?? plain) : plain
  const page = findPage({ rows, sort, limit: query.limit, counted, isContinued: valued !== null })
  // Whatever the values, these read one index in its order.
  const isOne = having !== null || (onlyOne !== null && rare !== null)
  const isSteady = match ? byId : filter === null || (valued !== null && isStretch) || isOne
  const find = page.compile(queryBuilder)
  return {
    sort,
    page: { ...(isSteady && seesAll && !trashed ? kept(find) : keptParsed(find)), rest },
    others:
      valued?.valued && others
        ? (wanted) => ({
            ...findPage({ rows: others(wanted + 1), sort, limit: wanted }).compile(queryBuilder),
            rest,
          })
        : null,
    estimate:
      query.count === 'estimate' && (!search || search.broad)
        ? sql<PlanRow>`EXPLAIN (FORMAT JSON) SELECT 1 ${selected}`.compile(queryBuilder)
        : null,
  }
}

/** Whether the only condition of the list is on what it is ordered by. */
const isOnly = (condition: Condition | null, { field }: SortKey): boolean =>
  condition !== null && 'column' in condition.target && condition.target.column.name === field.name

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

async function readPlan({ read }: Pick<ReadContext, 'read'>, limit: number, plan: Plan): Promise<JsonText> {
  const [first] = await read(plan.page)
  const others =
    plan.others && first && first.rows <= limit ? await read(plan.others(limit - first.rows)) : []
  const page = joined(first, others[0])
  const next = page?.last ? sortCursor.encode(plan.sort, page.last) : null
  const counted = page?.total ?? null
  const told = counted !== null && counted > countedUpTo ? ((await guessOf(read, plan)) ?? counted) : counted
  return new JsonText(
    `{"items":${page?.items ?? '[]'},"next_cursor":${JSON.stringify(next)}${told === null ? '' : `,"total":${Math.max(told, counted ?? 0)}`}}`,
  )
}

async function guessOf(
  read: ReadContext['read'],
  { known, estimate }: Pick<Plan, 'known' | 'estimate'>,
): Promise<number | null> {
  const [kept] = known ? await read(known) : []
  if (kept?.total != null) return kept.total
  if (!estimate) return null
  const [guess] = await read(estimate)
  return guess?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? null
}

/** One page of two parts. Where the first fills it, the second only tells whether there are more. */
function joined(first: PageRow | undefined, others: PageRow | undefined): PageRow | undefined {
  if (!first || !others || others.rows === 0) return first
  const items = [first.items, others.items].map((list) => list.slice(1, -1)).filter((list) => list !== '')
  const last = others.last ?? (others.items === '[]' ? first.end : null)
  return { ...first, items: `[${items.join()}]`, last }
}
