import { operations, type Permission, type SearchHit } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { ownClause } from './documents.ts'
import { rankHits, type Found } from './hits.ts'
import { seeHits } from './seen-hits.ts'
import { matchQuery, titleQueries } from './words.ts'

/** Who may find records of an object: who may read them. */
const readers: Record<string, Permission> = { lead: 'leads:read' }

/** Exact and beginning titles are asked for by themselves, so that newer records cannot crowd them out. */
const titledAtMost = 50
const foundAtMost = 150

export const searchModule: Module = ({ api }) => {
  api.route(operations.search.search, {
    allow: 'leads:read',
    feature: 'search',
    read: async (ctx, { query }) => ({ items: await findRecords(ctx, query) }),
  })
}

export async function findRecords(
  ctx: ReadContext,
  { q, limit }: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { actor } = ctx
  const statement = findStatement(actor, q)
  const found = statement ? await ctx.read(statement) : []
  return rankHits(await seeHits(ctx, q, found), q, actor.user_id, limit)
}

function findStatement(actor: Actor, q: string): CompiledQuery<Found> | null {
  const words = matchQuery(actor.organization_id, q, actor.country)
  const allowed = Object.entries(readers).filter(([, permission]) => scopeOf(actor, permission) !== undefined)
  if (words === null || allowed.length === 0) return null
  const visible = sql.join(
    allowed.map(([object, permission]) => sql`(s.object = ${object} ${ownClause(actor, permission)})`),
    sql` OR `,
  )
  const matching = (query: string) => sql`
    SELECT s.object, s.record_id AS id, s.owner_id, s.title, s.subtitle FROM search_documents s
    WHERE s.organization_id = ${actor.organization_id}::uuid AND (${visible}) AND s.words @@ ${query}::tsquery`
  const newest = (query: string, limit: number) =>
    sql`(${matching(query)} ORDER BY s.record_id DESC LIMIT ${limit})`
  const titles = titleQueries(actor.organization_id, q)
  // Tens of thousands of titles may begin with a first name: to put them all in order would cost a tenth of a second.
  const some = (query: string, limit: number) => sql`(${matching(query)} LIMIT ${limit})`
  return sql<Found>`
    ${newest(titles.exact, titledAtMost)} UNION ${some(titles.beginning, titledAtMost)}
    UNION ${newest(words, foundAtMost)} ORDER BY id DESC`.compile(queryBuilder)
}
