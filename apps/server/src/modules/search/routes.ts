import { operations, type SearchHit } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { attachedObjects, seeAttached } from './attached.ts'
import { correctedQueries } from './corrections.ts'
import { rankHits, type Found } from './hits.ts'
import { askedInAll, ownersOf } from './match.ts'
import { unlearnLost } from './unlearn.ts'
import { readersOfAny, searchedObjects, seeHits } from './seen-hits.ts'
import { titleWord, wordsOf } from './words.ts'

/** Exact and beginning titles are asked for by themselves; of the others there are enough to rank. */
const foundFor = (limit: number) => limit * 2 + 20

/** Comes after the modules whose records are searched: whoever may read any of them may search. */
export const searchModule: Module = ({ api, jobs, tenancy }) => {
  jobs.schedule('search.unlearn', '47 3 * * *', () => unlearnLost(tenancy))
  api.route(operations.search.search, {
    allow: readersOfAny(),
    feature: 'search',
    read: async (ctx, { query }) => ({ items: await findRecords(ctx, query) }),
  })
}

/** So few that what was typed may be misspelt. */
const few = 5

export async function findRecords(
  ctx: ReadContext,
  { q, limit }: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { user_id } = ctx.actor
  const asked = await findAsked(ctx, [q], limit)
  const hits = rankHits(asked, [q], { user_id, limit })
  if (asked.length >= Math.min(few, limit)) return hits
  const queries = await correctedQueries(ctx, q, asked.length > 0)
  if (queries.length === 0) return hits
  const known = new Set(asked.map(({ id }) => id))
  const others = (await findAsked(ctx, queries, limit)).filter(({ id }) => !known.has(id))
  return [...hits, ...rankHits(others, queries, { user_id, limit }, true)].slice(0, limit)
}

/** What any of the queries finds, as far as the caller may see that it does. */
async function findAsked(ctx: ReadContext, queries: readonly string[], limit: number): Promise<Found[]> {
  const statement = findStatement(ctx.actor, queries, limit)
  const rows = statement ? await ctx.read(statement) : []
  const found = rows.map(({ of_object, of_id, ...hit }): Found => {
    const record = of_object === null || of_id === null ? null : { object: of_object, id: of_id }
    return { ...hit, record }
  })
  return seeAttached(ctx, await seeHits(ctx, queries, found))
}

type Row = Omit<Found, 'record'> & { of_object: string | null; of_id: string | null }

function findStatement(actor: Actor, queries: readonly string[], limit: number): CompiledQuery<Row> | null {
  const [first = ''] = queries
  // Signs without a letter or digit ask for nothing, though every title begins with nothing.
  if (wordsOf(first).length === 0) return null
  const read = searchedObjects(actor)
    .filter(({ permission }) => scopeOf(actor, permission))
    .map(({ object, permission }) => ({ kind: object, owners: ownersOf(actor, permission) }))
  if (read.length === 0) return null
  const kinds = [...read, ...attachedObjects().map((kind) => ({ kind, owners: null }))]
  return sql<Row>`
    SELECT object, id, owner_id, title, subtitle, of_object, of_id FROM search_together(${actor.organization_id}::uuid,
      ${JSON.stringify(kinds)}::jsonb, ${JSON.stringify(askedInAll(queries, actor.country))}::jsonb, ${titleWord(first)},
      ${limit}::int, ${foundFor(limit)}::int)`.compile(queryBuilder)
}
