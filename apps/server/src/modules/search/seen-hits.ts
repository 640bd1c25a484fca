/**
 * Hits for roles from whom searchable fields are hidden: each is looked at once more among the fields that the role
 * sees, and its subtitle is made of those.
 */
import type { Permission } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  allRecords,
  belongsClause,
  seenBy,
  seenMatch,
  type RecordDescription,
} from '../../platform/lists/index.ts'
import type { Found } from './hits.ts'

/** The second line of a hit on the record `r`, of the fields that `seen` has. */
type Subtitle = (seen: RecordDescription) => RawBuilder<string | null>
type Family = { family: string; permission: Permission; subtitle: Subtitle }
type Searched = { records: RecordDescription; subtitle: Subtitle }

const searched = new Map<string, Family>()

/** Told by the module that puts such records into the search. */
export const describeSearched = (described: Family): void => void searched.set(described.family, described)

function searchedBy(actor: Actor): Searched[] {
  return allRecords(actor).flatMap((records) => {
    const known = searched.get(records.family)
    return known ? [{ records, subtitle: known.subtitle }] : []
  })
}

/** Any of these permissions is enough to search: each kind is searched only by those who may read it. */
export function readersOfAny(): [Permission, ...Permission[]] {
  const [first, ...others] = [...searched.values()].map(({ permission }) => permission)
  if (!first) throw new Error('No module has told yet which records can be searched.')
  return [first, ...others]
}

/** Each object whose records the actor may find, and who may find them: who may read them. */
export const searchedObjects = (actor: Actor): { object: string; permission: Permission }[] =>
  searchedBy(actor).map(({ records }) => ({ object: records.object, permission: records.permissions.read }))

type Seen = { object: string; id: string; subtitle: string | null }

/**
 * One more statement, and only for roles from whom something is hidden.
 * @param queries what was asked for, in one way or another.
 */
export async function seeHits(
  { actor, read }: ReadContext,
  queries: readonly string[],
  found: readonly Found[],
): Promise<Found[]> {
  const held = searchedBy(actor).flatMap((described) => {
    const ids = found.filter((hit) => hit.object === described.records.object).map((hit) => hit.id)
    const select = ids.length === 0 ? null : seenSelect(described, actor, queries, ids)
    return select ? [{ object: described.records.object, select }] : []
  })
  if (held.length === 0) return [...found]
  const selects = held.map(({ select }) => select)
  const rows = await read(sql<Seen>`${sql.join(selects, sql` UNION ALL `)}`.compile(queryBuilder))
  const seen = new Map(rows.map((row) => [`${row.object} ${row.id}`, row]))
  const objects = new Set(held.map(({ object }) => object))
  return found.flatMap((hit) =>
    objects.has(hit.object) ? mergeSeen(hit, seen.get(`${hit.object} ${hit.id}`)) : [hit],
  )
}

const mergeSeen = (hit: Found, seen: Seen | undefined): Found[] =>
  seen ? [{ ...hit, subtitle: seen.subtitle }] : []

/** Null when nothing that can be searched is hidden. */
function seenSelect(
  { records, subtitle }: Searched,
  actor: Actor,
  queries: readonly string[],
  ids: string[],
): RawBuilder<Seen> | null {
  const view = seenBy(records, actor)
  const held = queries.flatMap((q) => seenMatch(records, view, q, actor) ?? [])
  if (held.length === 0) return null
  return sql<Seen>`SELECT ${records.object}::text AS object, r.id, ${subtitle(view)} AS subtitle FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[]) AND (${sql.join(held, sql` OR `)})`
}
