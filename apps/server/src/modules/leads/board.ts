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
  presentation,
  seenBy,
  seenMatch,
  sortCursor,
  visibleClause,
  type Match,
  type Sort,
} from '../../platform/lists/index.ts'
import { invalidField, notFound } from '../../platform/problems.ts'
import { pipelineNotFound, selectPipelines } from '../pipelines/index.ts'
import { matchClause } from '../search/index.ts'
import { leadRecords } from './definition.ts'

type BoardQuery = QueryOf<typeof operations.pipelines.board>
type ColumnRow = { stage: unknown; count: number; values: unknown; items: string; last: string | null }

export async function readBoard(
  { actor, read }: ReadContext,
  id: string,
  query: BoardQuery,
): Promise<JsonText> {
  const sort = columnOrder()
  const statement = columnsStatement(actor, id, query, sort).compile(queryBuilder)
  const pipelineStatement = selectPipelines(actor.organization_id, sql`AND p.id = ${id}::uuid`)
  const [[pipeline], columns] = await Promise.all([
    read(pipelineStatement.compile(queryBuilder)),
    read(statement),
  ])
  if (pipeline?.object !== 'lead') throw pipelineNotFound(id)
  if (query.stage_id !== undefined && columns.length === 0) throw notFound('stage', query.stage_id)
  const texts = columns.map(({ stage, count, values, items, last }) => {
    const head = JSON.stringify({ stage, count, values }).slice(0, -1)
    return `${head},"items":${items},"next_cursor":${JSON.stringify(last ? sortCursor.encode(sort, last) : null)}}`
  })
  return new JsonText(`{"pipeline":${JSON.stringify(pipeline)},"columns":[${texts.join(',')}]}`)
}

/** The rank is no field that callers know; they see only the order. */
function columnOrder(): Sort {
  const id = leadRecords.fields.get('id')
  if (!id) throw new Error('Leads have no id.')
  const rank = { ...id, name: 'rank', column: 'rank', stored: 'text' as const }
  return [
    { field: rank, descending: false },
    { field: id, descending: false },
  ]
}

function columnsStatement(actor: Actor, id: string, query: BoardQuery, sort: Sort): RawBuilder<ColumnRow> {
  const { limit, stage_id, cursor } = query
  if (cursor !== undefined && stage_id === undefined)
    throw invalidField('stage_id', 'missing', 'must say which column the cursor continues')
  const seen = seenBy(leadRecords, actor.field_rules)
  const found = query.q === undefined ? null : matchClause(actor, 'lead', 'leads:read', query.q)
  const wanted = restriction(actor, query, found)
  const after = cursor === undefined ? sql`` : sql`AND ${afterKeys(sort, sortCursor.decode(sort, cursor))}`
  const cards = sql`SELECT r.* FROM leads r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.stage_id = st.id AND r.deleted_at IS NULL
    ${wanted ?? sql``} ${after} ORDER BY r.rank, r.id LIMIT ${limit + 1}`
  return sql<ColumnRow>`
    WITH ${found ? sql`found AS MATERIALIZED (${found.all}),` : sql``}
    totalled AS MATERIALIZED (${wanted ? countedTotals(actor, id, wanted) : keptTotals(actor, id)})
    SELECT json_build_object('id', st.id, 'pipeline_id', st.pipeline_id, 'name', st.name, 'color', st.color, 'type', st.type,
        'probability', st.probability, 'position', st.position, 'version', st.version) AS stage,
      totals.count, totals.values, cards.items, cards.last
    FROM stages st
    CROSS JOIN LATERAL (
      SELECT greatest(coalesce(sum(g.records), 0), 0)::int AS count, ${seen.fields.has('estimated_value') ? sums : sql`'[]'::json`} AS values
      FROM totalled g WHERE g.stage_id = st.id
    ) totals
    CROSS JOIN LATERAL (${pageOf(cards, sort, limit, presentation(leadRecords, actor))}) cards
    WHERE st.organization_id = ${actor.organization_id}::uuid AND st.pipeline_id = ${id}::uuid
      ${stage_id === undefined ? sql`` : sql`AND st.id = ${stage_id}::uuid`}
    ORDER BY st.position`
}

/** The value of a column, by currency. A role that does not see the value of a lead sees none of many either. */
const sums = sql`coalesce(json_agg(json_build_object(
    'currency', g.currency, 'value', (g.value / 10000)::float8, 'weighted', round(g.value * st.probability / 1000000, 4)::float8)
  ORDER BY g.currency) FILTER (WHERE g.value <> 0), '[]')`

const stagesOf = (actor: Actor, id: string) =>
  sql`SELECT id FROM stages WHERE organization_id = ${actor.organization_id}::uuid AND pipeline_id = ${id}::uuid`

const keptTotals = (actor: Actor, id: string) => sql`
  SELECT t.stage_id, t.currency, t.records, t.value FROM stage_totals t
  WHERE t.organization_id = ${actor.organization_id}::uuid AND t.stage_id IN (${stagesOf(actor, id)})`

/** One pass over the records for all columns. */
const countedTotals = (actor: Actor, id: string, wanted: RawBuilder<unknown>) => sql`
  SELECT r.stage_id, r.currency, count(*) AS records, coalesce(sum(r.estimated_value), 0) AS value FROM leads r
  WHERE r.organization_id = ${actor.organization_id}::uuid AND r.pipeline_id = ${id}::uuid AND r.deleted_at IS NULL ${wanted}
  GROUP BY r.stage_id, r.currency`

/** What the caller restricts the cards to, or null when all of them are meant. */
function restriction(actor: Actor, query: BoardQuery, found: Match | null): RawBuilder<unknown> | null {
  const { filter } = query
  if (filter === undefined && found === null && scopeOf(actor, 'leads:read') === 'all') return null
  const filtered =
    filter === undefined ? sql`` : sql`AND ${filterClause(parseFilter(leadRecords, actor, filter))}`
  const held =
    query.q === undefined
      ? null
      : seenMatch(leadRecords, seenBy(leadRecords, actor.field_rules), query.q, actor)
  const searched = found
    ? sql`AND r.id IN (SELECT record_id FROM found) ${held ? sql`AND ${held}` : sql``}`
    : sql``
  return sql`${visibleClause(leadRecords, actor)} ${filtered} ${searched}`
}
