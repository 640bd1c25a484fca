/** Reads of leads: each one statement whose JSON text is sent as it is. */
import type { ListQuery, QueryOf, operations } from '@rapport/contracts'
import { sql } from 'kysely'
import { JsonText, type ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { planList, readList, recordJson, visibleClause } from '../../platform/lists/index.ts'
import { planActivities, type ActivityPage } from '../activities/index.ts'
import { matchClause } from '../search/index.ts'
import { leadRecords } from './fields.ts'
import { leadNotFound } from './problems.ts'

export async function listLeads(ctx: ReadContext, query: ListQuery): Promise<JsonText> {
  const match = query.q === undefined ? null : matchClause(ctx.actor, 'lead', 'leads:read', query.q)
  return readList(ctx, planList(leadRecords, ctx.actor, query, match))
}

export async function getLead({ actor, read }: ReadContext, id: string): Promise<JsonText> {
  const statement = sql<{ lead: string }>`SELECT ${recordJson(leadRecords, actor)} AS lead FROM leads r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid ${visibleClause(leadRecords, actor)}`
  const [row] = await read(statement.compile(queryBuilder))
  if (!row) throw leadNotFound(id)
  return new JsonText(row.lead)
}

type PageQuery = QueryOf<typeof operations.leads.timeline>

export async function readTimeline(
  { actor, read }: ReadContext,
  id: string,
  query: PageQuery,
): Promise<JsonText> {
  const plan = planActivities(actor, 'lead', id, query)
  const statement = sql<ActivityPage>`SELECT page.* FROM leads r CROSS JOIN LATERAL (${plan.page}) page
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid ${visibleClause(leadRecords, actor)}`
  const [page] = await read(statement.compile(queryBuilder))
  if (!page) throw leadNotFound(id)
  return new JsonText(plan.textOf(page))
}
