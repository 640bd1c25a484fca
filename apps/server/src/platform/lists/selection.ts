/** Which records a list, a count or a change of many is about, in SQL: all that the caller may read, narrowed down. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import { seenBy, type RecordDescription } from './description.ts'
import { parseFilter, type FilterTree } from './filter.ts'
import { filterClause, folded } from './filter-sql.ts'
import { seenMatch, textOf } from './seen-match.ts'
import { belongsClause, visibleClause } from './visible.ts'

/** How search finds records; each select answers ids as `record_id`. */
export type Match = {
  /** Selects the newest before `before`, newest first, at most `limit`. */
  newest: (before: string | null, limit: number) => RawBuilder<unknown>
  /** Selects all. */
  all: RawBuilder<unknown>
  /** Tells of the record `r` whether it is found. */
  holds: RawBuilder<SqlBool>
  /** So short a search that a good part of all records matches: better looked up row by row than collected. */
  broad: boolean
}

type Selection = {
  /** As the caller sees them. */
  records: RecordDescription
  actor: Actor
  trashed: boolean
  filter: FilterTree | null
  match: Match | null
  held: RawBuilder<SqlBool> | null
  q: string | undefined
}

type Query = { filter?: string | undefined; q?: string | undefined; trashed: boolean }

/** `FROM … WHERE …` over the record `r`. @param match how `q` finds records. */
export function selectRecords(
  described: RecordDescription,
  actor: Actor,
  { filter, q, trashed }: Query,
  match: Match | null,
): RawBuilder<unknown> {
  const records = seenBy(described, actor)
  const selection: Selection = {
    records,
    actor,
    trashed,
    filter: filter === undefined ? null : parseFilter(records, actor, filter),
    match,
    held: heldMatch(described, records, actor, match, q),
    q,
  }
  return sql`${baseClause(selection)} ${foundClause(selection)}`
}

/** All but the search itself. */
export const baseClause = (selection: Selection): RawBuilder<unknown> =>
  sql`FROM ${sql.table(selection.records.table)} r
    WHERE ${belongsClause(selection.records, selection.actor)} AND ${conditionsOf(selection)}`

/** Which records of the organization, for whoever comes to them by another table. */
export const conditionsOf = ({ records, actor, trashed, filter, held }: Selection): RawBuilder<unknown> =>
  sql`r.deleted_at IS ${sql.raw(trashed ? 'NOT NULL' : 'NULL')} ${visibleClause(records, actor)}
      ${filter ? sql`AND ${filterClause(filter)}` : sql``} ${held ? sql`AND ${held}` : sql``}`

/** What the search finds is held once more against what the caller sees, where that is less than what it knows. */
export const heldMatch = (
  described: RecordDescription,
  seen: RecordDescription,
  actor: Actor,
  match: Match | null,
  q: string | undefined,
): RawBuilder<SqlBool> | null => (match && q !== undefined ? seenMatch(described, seen, q, actor) : null)

/** Search does not know the trash, which is small enough to look through. */
export function foundClause({ records, actor, trashed, match, q }: Selection): RawBuilder<unknown> {
  if (!match || q === undefined) return sql``
  if (!trashed) return match.broad ? sql`AND ${match.holds}` : sql`AND r.id IN (${match.all})`
  const words = q.trim().split(/\s+/)
  const text = textOf(records, actor)
  const holds = words.map((word) => sql`strpos(${text}, ${folded(sql`${word}::text`)}) > 0`)
  return sql`AND ${sql.join(holds, sql` AND `)}`
}
