/**
 * Hits for roles from whom searchable fields are hidden: each is looked at once more among the fields that the role
 * sees, and its subtitle is made of those.
 */
import type { Permission } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { seenBy, seenMatch, type RecordDescription } from '../../platform/lists/index.ts'
import type { Found } from './hits.ts'

type Searched = {
  records: RecordDescription
  /** The second line of a hit on the record `r`, of the fields that `seen` has. */
  subtitle: (seen: RecordDescription) => RawBuilder<string | null>
}

const searched = new Map<string, Searched>()

/** Told by the module that puts such records into the search. */
export function describeSearched(described: Searched): void {
  searched.set(described.records.object, described)
}

/** Each object that can be found, and who may find its records: who may read them. */
export const searchedObjects = (): { object: string; permission: Permission }[] =>
  [...searched.values()].map(({ records }) => ({
    object: records.object,
    permission: records.permissions.read,
  }))

type Seen = { id: string; subtitle: string | null }

export async function seeHits(
  { actor, read }: ReadContext,
  q: string,
  found: readonly Found[],
): Promise<Found[]> {
  let hits = [...found]
  for (const described of searched.values()) {
    const { object } = described.records
    const ids = hits.filter((hit) => hit.object === object).map((hit) => hit.id)
    const statement = seenStatement(described, actor, q, ids)
    if (!statement || ids.length === 0) continue
    const seen = new Map((await read(statement.compile(queryBuilder))).map((row) => [row.id, row]))
    hits = hits.flatMap((hit) => (hit.object === object ? mergeSeen(hit, seen.get(hit.id)) : [hit]))
  }
  return hits
}

const mergeSeen = (hit: Found, seen: Seen | undefined): Found[] =>
  seen ? [{ ...hit, subtitle: seen.subtitle }] : []

/** Null when nothing that can be searched is hidden. */
function seenStatement(
  { records, subtitle }: Searched,
  actor: Actor,
  q: string,
  ids: string[],
): RawBuilder<Seen> | null {
  const { organization_id, field_rules } = actor
  const view = seenBy(records, field_rules)
  const held = seenMatch(records, view, q, actor)
  if (!held) return null
  return sql<Seen>`SELECT r.id, ${subtitle(view)} AS subtitle FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${organization_id}::uuid AND r.id = ANY(${ids}::uuid[]) AND ${held}`
}
