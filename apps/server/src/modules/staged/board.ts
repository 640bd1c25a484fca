/**
 * The board of a pipeline: every column with its first cards, in one statement. Counts and sums come from the
 * roll-up, unless a filter, a search or the caller's scope means that they must be counted.
 */
import type { operations, QueryOf } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import { JsonText, type ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  afterKeys,
  filterClause,
  pageOf,
  parseFilter,
  parseIncludes,
  presentation,
  seenBy,
  seenMatch,
  sortCursor,
  visibleClause,
  type Match,
  type RecordDescription,
  type Sort,
} from '../../platform/lists/index.ts'
import { invalidField, notFound } from '../../platform/problems.ts'
import { pipelineNotFound, selectPipelines, stageJson } from '../pipelines/index.ts'
import { countedSums } from '../records/index.ts'
import { matchClause } from '../search/index.ts'
import type { Valued } from './definition.ts'

type BoardQuery = QueryOf<typeof operations.pipelines.board>
type ColumnRow = { stage: unknown; count: number; values: unknown; items: string; last: string | null }

export async function readBoard(
  { actor, read }: ReadContext,
  valued: Valued,
  id: string,
  query: BoardQuery,
): Promise<JsonText> {
  const sort = columnOrder(valued.records)
  const statement = columnsStatement(actor, valued, id, query, sort).compile(queryBuilder)
  const pipelineStatement = selectPipelines(actor.organization_id, sql`AND p.id = ${id}::uuid`)
  const [[pipeline], columns] = await Promise.all([
    read(pipelineStatement.compile(queryBuilder)),
    read(statement),
  ])
  if (pipeline?.object !== valued.records.object) throw pipelineNotFound(id)
  if (query.stage_id !== undefined && columns.length === 0) throw notFound('stage', query.stage_id)
  const texts = columns.map(({ stage, count, values, items, last }) => {
    const head = JSON.stringify({ stage, count, values }).slice(0, -1)
    return `${head},"items":${items},"next_cursor":${JSON.stringify(last ? sortCursor.encode(sort, last) : null)}}`
  })
  return new JsonText(`{"pipeline":${JSON.stringify(pipeline)},"columns":[${texts.join(',')}]}`)
}

/** The rank is no field that callers know; they see only the order. */
function columnOrder({ fields, object }: RecordDescription): Sort {
  const id = fields.get('id')
  if (!id) throw new Error(`Records of ${object} have no id.`)
  const rank = { ...id, name: 'rank', column: 'rank', stored: 'text' as const }
  return [
    { field: rank, descending: false },
    { field: id, descending: false },
  ]
}

function columnsStatement(
  actor: Actor,
  valued: Valued,
  id: string,
  query: BoardQuery,
  sort: Sort,
): RawBuilder<ColumnRow> {
  const { records, value, weight } = valued
  const { object, table, permissions } = records
  const { limit, stage_id, cursor } = query
  if (cursor !== undefined && stage_id === undefined)
    throw invalidField('stage_id', 'missing', 'must say which column the cursor continues')
  const seen = seenBy(records, actor)
  const found = query.q === undefined ? null : matchClause(actor, object, permissions.read, query.q)
  const wanted = restriction(actor, records, query, found)
  const sums = weight !== null && seen.fields.has(weight) ? sumsOf(ownWeights) : sumsOf(stageWeights)
  const included = parseIncludes(seen, actor, query.include)
  const after = cursor === undefined ? sql`` : sql`AND ${afterKeys(sort, sortCursor.decode(sort, cursor))}`
  const told = sql`${presentation(records, actor, { included })}, ${nextFollowUp(actor, object)} AS next_follow_up`
  const cards = sql`SELECT r.* FROM ${sql.table(table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.stage_id = st.id AND r.deleted_at IS NULL
    ${wanted ?? sql``} ${after} ORDER BY r.rank, r.id LIMIT ${limit + 1}`
  return sql<ColumnRow>`
    WITH ${found ? sql`found AS MATERIALIZED (${found.all}),` : sql``}
    totalled AS MATERIALIZED (${wanted ? countedTotals(actor, valued, id, wanted) : keptTotals(actor, object, id)})
    SELECT ${stageJson('st')} AS stage,
      totals.count, totals.values, cards.items, cards.last
    FROM stages st
    CROSS JOIN LATERAL (
      SELECT greatest(coalesce(sum(g.records), 0), 0)::int AS count, ${seen.fields.has(value) ? sums : sql`'[]'::json`} AS values
      FROM totalled g WHERE g.stage_id = st.id
    ) totals
    CROSS JOIN LATERAL (${pageOf(cards, sort, limit, told)}) cards
    WHERE st.organization_id = ${actor.organization_id}::uuid AND st.pipeline_id = ${id}::uuid
      ${stage_id === undefined ? sql`` : sql`AND st.id = ${stage_id}::uuid`}
    ORDER BY st.position`
}

/** What is planned next with the card `r`. */
const nextFollowUp = ({ organization_id }: Actor, object: string) => sql`(
  SELECT json_build_object('id', f.id, 'number', f.number, 'channel', f.channel,
    'due_at', to_char(f.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM follow_ups f
  WHERE f.organization_id = ${organization_id}::uuid AND f.record_id = r.id AND f.object = ${object} AND f.status = 'open'
  ORDER BY f.due_at LIMIT 1)`

/** The value of a column, by currency. A role that does not see the value of a record sees none of many either. */
const sumsOf = (weighted: RawBuilder<unknown>) => sql`coalesce(json_agg(json_build_object(
    'currency', g.currency, 'value', (g.amount / 10000)::float8, 'weighted', round(${weighted} / 1000000, 4)::float8)
  ORDER BY g.currency) FILTER (WHERE g.amount <> 0), '[]')`

const stageWeights = sql`g.amount * st.probability`
/** What has a probability of its own counts by that, everything else by its stage's. */
const ownWeights = sql`(g.own_weighted + (g.amount - g.own_amount) * st.probability)`

const keptTotals = ({ organization_id }: Actor, object: string, id: string) => sql`
  SELECT t.value::uuid AS stage_id, t.currency, t.records, t.amount, t.own_amount, t.own_weighted FROM record_totals t
  WHERE t.organization_id = ${organization_id}::uuid AND t.object = ${object} AND t.field = 'stage_id' AND t.value = ANY(ARRAY(
    SELECT id::text FROM stages WHERE organization_id = ${organization_id}::uuid AND pipeline_id = ${id}::uuid))`

/** One pass over the records for all columns. */
const countedTotals = (actor: Actor, valued: Valued, id: string, wanted: RawBuilder<unknown>) => sql`
  SELECT r.stage_id, r.currency, ${countedSums(valued)} FROM ${sql.table(valued.records.table)} r
  WHERE r.organization_id = ${actor.organization_id}::uuid AND r.pipeline_id = ${id}::uuid AND r.deleted_at IS NULL ${wanted}
  GROUP BY r.stage_id, r.currency`

/** What the caller restricts the cards to, or null when all of them are meant. */
function restriction(
  actor: Actor,
  records: RecordDescription,
  query: BoardQuery,
  found: Match | null,
): RawBuilder<unknown> | null {
  const { filter } = query
  if (filter === undefined && found === null && scopeOf(actor, records.permissions.read) === 'all')
    return null
  const filtered =
    filter === undefined ? sql`` : sql`AND ${filterClause(parseFilter(records, actor, filter))}`
  const held = query.q === undefined ? null : seenMatch(records, seenBy(records, actor), query.q, actor)
  const searched = found
    ? sql`AND r.id IN (SELECT record_id FROM found) ${held ? sql`AND ${held}` : sql``}`
    : sql``
  return sql`${visibleClause(records, actor)} ${filtered} ${searched}`
}
