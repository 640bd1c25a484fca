/** Reads of records: each one statement whose JSON text is sent as it is. */
import type { ListQuery, TimelineQuery } from '@rapport/contracts'
import { sql } from 'kysely'
import { JsonText, type ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  belongsClause,
  parseIncludes,
  readList,
  recordJson,
  seenBy,
  visibleClause,
} from '../../platform/lists/index.ts'
import { kept } from '../../platform/prepared.ts'
import { planActivities, type ActivityPage } from '../activities/index.ts'
import { matchClause } from '../search/index.ts'
import type { BaseRow, RecordDefinition } from './definition.ts'
import { recordNotFound } from './problems.ts'
import { knownTotal } from './totals.ts'

export async function listRecords<Row extends BaseRow>(
  ctx: ReadContext,
  { records }: RecordDefinition<Row>,
  query: ListQuery,
): Promise<JsonText> {
  const { object, permissions } = records
  const match = query.q === undefined ? null : matchClause(ctx.actor, object, permissions.read, query.q)
  return readList(ctx, records, query, match, knownTotal(ctx.actor, records))
}

export async function getRecord<Row extends BaseRow>(
  { actor, read }: ReadContext,
  { records }: RecordDefinition<Row>,
  id: string,
  { include }: { include?: string | undefined } = {},
): Promise<JsonText> {
  const included = parseIncludes(seenBy(records, actor), actor, include)
  const statement = sql<{
    record: string
  }>`SELECT ${recordJson(records, actor, { included })} AS record FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ${id}::uuid ${visibleClause(records, actor)}`
  const [row] = await read(kept(statement.compile(queryBuilder)))
  if (!row) throw recordNotFound(records, id)
  return new JsonText(row.record)
}

export async function readTimeline<Row extends BaseRow>(
  { actor, read }: ReadContext,
  { records }: RecordDefinition<Row>,
  id: string,
  query: TimelineQuery,
): Promise<JsonText> {
  const plan = planActivities(actor, records.object, id, query)
  const statement = sql<ActivityPage>`SELECT page.* FROM ${sql.table(records.table)} r CROSS JOIN LATERAL (${plan.page}) page
    WHERE ${belongsClause(records, actor)} AND r.id = ${id}::uuid ${visibleClause(records, actor)}`
  const [page] = await read(statement.compile(queryBuilder))
  if (!page) throw recordNotFound(records, id)
  return new JsonText(plan.textOf(page))
}
