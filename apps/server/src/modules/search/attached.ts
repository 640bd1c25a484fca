/**
 * What stands beside records and is found by itself: notes by their words, files by their names. Search knows by which
 * words; whether the reader may read the record beside which it stands is asked of that record, whose owner may change.
 */
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { belongsClause, findRecords, seenBy, visibleClause } from '../../platform/lists/index.ts'
import type { Found } from './hits.ts'

type Attached = {
  object: string
  /** Its rows `x`, each with `object` and `record_id`. */
  table: string
  /** What is shown of it. */
  text: RawBuilder<string>
  /** Which of the rows are to be found. */
  live: RawBuilder<boolean>
}

const attached = new Map<string, Attached>()

/** Told by the module that keeps them. */
export const describeAttached = (described: Attached): void => void attached.set(described.object, described)

export const attachedObjects = (): string[] => [...attached.keys()]

type Seen = { object: string; id: string; text: string; of_title: string | null }

/** One more statement, and only when such are among what was found. */
export async function seeAttached({ actor, read }: ReadContext, found: readonly Found[]): Promise<Found[]> {
  const beside = found.filter((hit) => hit.record !== null)
  if (beside.length === 0) return [...found]
  const groups = Map.groupBy(beside, ({ object, record }) => `${object} ${record?.object}`)
  const selects = [...groups.values()].flatMap((hits) => seenSelect(actor, hits) ?? [])
  const rows =
    selects.length === 0
      ? []
      : await read(sql<Seen>`${sql.join(selects, sql` UNION ALL `)}`.compile(queryBuilder))
  const seen = new Map(rows.map((row) => [`${row.object} ${row.id}`, row]))
  return found.flatMap((hit) => {
    if (hit.record === null) return [hit]
    const row = seen.get(`${hit.object} ${hit.id}`)
    return row ? [{ ...hit, title: row.text, subtitle: row.of_title }] : []
  })
}

/** Null where the reader reads no such records. */
function seenSelect(actor: Actor, hits: readonly Found[]): RawBuilder<Seen> | null {
  const [first] = hits
  const described = first && attached.get(first.object)
  const records = first?.record && findRecords(first.record.object, actor)
  if (!described || !records || !scopeOf(actor, records.permissions.read)) return null
  const { object, table, text, live } = described
  const title = seenBy(records, actor).fields.has(records.title) ? sql.ref(`r.${records.title}`) : sql`NULL`
  const ids = hits.map(({ id }) => id)
  return sql<Seen>`SELECT ${object}::text AS object, x.id, ${text} AS text, ${title}::text AS of_title
    FROM ${sql.table(table)} x JOIN ${sql.table(records.table)} r ON r.id = x.record_id
    WHERE x.organization_id = ${actor.organization_id}::uuid AND x.id = ANY(${ids}::uuid[])
      AND x.object = ${records.object} AND ${live}
      AND ${belongsClause(records, actor)} AND r.deleted_at IS NULL ${visibleClause(records, actor)}`
}
