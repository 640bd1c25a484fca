import { operations, type SearchHit } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { rankHits, type Found } from './hits.ts'
import { askedInAll, ownersOf } from './match.ts'
import { readersOfAny, searchedObjects, seeHits } from './seen-hits.ts'
import { titleWord, wordsOf } from './words.ts'

/** Exact and beginning titles are asked for by themselves; of the others there are enough to rank. */
const foundFor = (limit: number) => limit * 2 + 20

/** Comes after the modules whose records are searched: whoever may read any of them may search. */
export const searchModule: Module = ({ api }) => {
  api.route(operations.search.search, {
    allow: readersOfAny(),
    feature: 'search',
    read: async (ctx, { query }) => ({ items: await findRecords(ctx, query) }),
  })
}

export async function findRecords(
  ctx: ReadContext,
  { q, limit }: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { actor } = ctx
  const statement = findStatement(actor, q, limit)
  const found = statement ? await ctx.read(statement) : []
  return rankHits(await seeHits(ctx, q, found), q, actor.user_id, limit)
}

function findStatement(actor: Actor, q: string, limit: number): CompiledQuery<Found> | null {
  // Signs without a letter or digit ask for nothing, though every title begins with nothing.
  if (wordsOf(q).length === 0) return null
  const kinds = searchedObjects(actor)
    .filter(({ permission }) => scopeOf(actor, permission))
    .map(({ object, permission }) => ({ kind: object, owners: ownersOf(actor, permission) }))
  if (kinds.length === 0) return null
  return sql<Found>`SELECT object, id, owner_id, title, subtitle FROM search_together(${actor.organization_id}::uuid,
    ${JSON.stringify(kinds)}::jsonb, ${JSON.stringify(askedInAll(q, actor.country))}::jsonb, ${titleWord(q)},
    ${limit}::int, ${foundFor(limit)}::int)`.compile(queryBuilder)
}
