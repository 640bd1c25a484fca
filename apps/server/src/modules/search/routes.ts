import { operations, type SearchHit } from '@rapport/contracts'
import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Match } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { rankHits, type Found } from './hits.ts'
import { matchClause, ownersOf, type Scope } from './match.ts'
import { searchedObjects, seeHits } from './seen-hits.ts'
import { titleWord, wordsOf } from './words.ts'

/** Exact and beginning titles are asked for by themselves; of the others there are enough to rank. */
const foundFor = (limit: number) => limit * 2 + 20

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
  const statement = findStatement(actor, q, limit)
  const found = statement ? await ctx.read(statement) : []
  return rankHits(await seeHits(ctx, q, found), q, actor.user_id, limit)
}

function findStatement(actor: Actor, q: string, limit: number): CompiledQuery<Found> | null {
  // Signs without a letter or digit ask for nothing, though every title begins with nothing.
  if (wordsOf(q).length === 0) return null
  const { organization_id } = actor
  const found = searchedObjects().flatMap(({ object, permission }) => {
    const match = scopeOf(actor, permission) ? matchClause(actor, object, permission, q) : null
    const owners = ownersOf(actor, permission)
    return match ? [selectFound({ organization_id, object, owners }, match, q, limit)] : []
  })
  if (found.length === 0) return null
  return sql<Found>`${sql.join(found, sql` UNION ALL `)} ORDER BY id DESC`.compile(queryBuilder)
}

function selectFound(scope: Scope, match: Match, q: string, limit: number): RawBuilder<unknown> {
  const { organization_id, object } = scope
  const title = `${object} ${titleWord(q)}`
  const exact = sql`s.word = ${title} ORDER BY s.record_id DESC`
  // Tens of thousands of titles may begin with a first name: to put them all in order would cost a tenth of a second.
  const beginning = sql`s.word >= ${title} AND s.word < ${title} || chr(1114111)`
  return sql`
    SELECT d.object, d.record_id AS id, d.owner_id, d.title, d.subtitle FROM search_documents d
    WHERE d.organization_id = ${organization_id}::uuid AND d.object = ${object} AND d.record_id = ANY (ARRAY(
      (${selectTitled(scope, exact)} LIMIT ${limit}) UNION (${selectTitled(scope, beginning)} LIMIT ${limit})
      UNION (${match.newest(null, foundFor(limit))})))`
}

/** Records by their whole title, as a word. */
function selectTitled(
  { organization_id, object, owners }: Scope,
  by: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const owned =
    owners === null
      ? sql``
      : sql`EXISTS (SELECT FROM search_documents o WHERE o.organization_id = ${organization_id}::uuid
          AND o.object = ${object} AND o.record_id = s.record_id AND o.owner_id = ANY(${owners}::uuid[])) AND`
  return sql`SELECT s.record_id FROM search_words s WHERE s.organization_id = ${organization_id}::uuid AND ${owned} ${by}`
}
