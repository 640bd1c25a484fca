/**
 * Pages of records. A list finds its rows in one statement and tells them in a second one that is sent right behind:
 * only the first has to be planned for the values that are asked for, and it is small. The second, which is most of
 * the work, is the same for every list of a role, so that each connection keeps it prepared.
 */
import type { ListQuery } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { ownersInReach, type Actor } from '../actor.ts'
import { queryBuilder } from '../kysely.ts'
import { kept, type Statement } from '../prepared.ts'
import type { RecordDescription } from './description.ts'
import { gathered, parseFields, presentation, type Told } from './present.ts'
import { parseIncludes } from './relations.ts'
import { keysAt, keysOf, type Sort } from './sort.ts'
import { belongsClause } from './visible.ts'

export type PageRow = {
  /** JSON list of the records. */
  items: string
  /** Keys of the last record, where more follow. */
  last: string | null
  total: number | null
  /** How many were found, which is one more than the limit where more follow. */
  rows: number
  /** Keys of the last one found, where others may continue. */
  end: string | null
}

/** Where the found ids stand for the statement behind: known to the transaction alone. */
const place = 'rapport.page'
const foundIds = sql`nullif(current_setting(${sql.lit(place)}, true), '')::uuid[]`

type Wanted = {
  /** One row more than the limit, in order, each as `idAndKeys` tells it. */
  rows: RawBuilder<unknown>
  sort: Sort
  limit: number
  counted?: RawBuilder<unknown>
  /** Whether others may continue where this page ends. */
  isContinued?: boolean
}

/** The rows come in order, and nothing stands between them and the aggregates that would change it. */
export function findPage({ rows, sort, limit, counted, isContinued = false }: Wanted): RawBuilder<PageRow> {
  const shown = sql.lit(limit)
  return sql<PageRow>`
    SELECT set_config(${sql.lit(place)}, coalesce((array_agg(r.id))[:${shown}]::text, '{}'), true) IS NOT NULL AS found,
      ${limit > 0 ? sql`CASE WHEN count(*) > ${shown} THEN ${keysAt(sort, shown)} END` : sql`NULL::text`} AS last,
      ${counted ?? sql`NULL::bigint`} AS total, count(*)::int AS rows,
      ${isContinued ? sql`CASE WHEN count(*) > 0 THEN ${keysAt(sort, sql`count(*)::int`)} END` : sql`NULL::text`} AS end
    FROM (${rows}) r`
}

type Telling = Statement<Pick<PageRow, 'items'>>

const tellings = new WeakMap<RecordDescription, Map<string, Telling>>()
const mostRemembered = 1_000

/** The records that were found, as this reader sees them. */
export function tellPage(
  records: RecordDescription,
  actor: Actor,
  { fields, include }: Pick<ListQuery, 'fields' | 'include'>,
): Telling {
  const compile = () => {
    const included = parseIncludes(records, actor, include)
    return compileTelling(records, actor, { names: parseFields(records, fields), included })
  }
  // What is included depends on all else that the reader may read.
  return kept(include === undefined ? remembered(records, keyOf(records, actor, fields), compile) : compile())
}

/** What the statement depends on beside the records as they are seen. */
function keyOf({ permissions }: RecordDescription, actor: Actor, fields: string | undefined): string {
  const reach = [permissions.update, permissions.delete].map((permission) => ownersInReach(actor, permission))
  return JSON.stringify([actor.organization_id, fields, reach])
}

/** Making the statement takes longer than sending it. */
function remembered(records: RecordDescription, key: string, compile: () => Telling): Telling {
  const known = tellings.get(records) ?? new Map<string, Telling>()
  const held = known.get(key)
  if (held) return held
  const made = compile()
  if (known.size >= mostRemembered) known.clear()
  tellings.set(records, known.set(key, made))
  return made
}

function compileTelling(records: RecordDescription, actor: Actor, told: Told): Telling {
  const joined = gathered(records, actor, told, foundIds)
  const rows = joined.map((field) => field.rows)
  const joins = joined.map(({ join }) => join)
  const columns = presentation(records, actor, { ...told, joined })
  return sql<Pick<PageRow, 'items'>>`
    ${rows.length > 0 ? sql`WITH ${sql.join(rows)}` : sql``}
    SELECT '[' || coalesce(string_agg(row_to_json(x)::text, ',' ORDER BY f.n), '') || ']' AS items
    FROM unnest(${foundIds}) WITH ORDINALITY f (id, n)
      JOIN ${sql.table(records.table)} r ON ${belongsClause(records, actor)} AND r.id = f.id
      ${sql.join(joins, sql` `)}
      CROSS JOIN LATERAL (SELECT ${columns}) x`.compile(queryBuilder)
}

/** Rows and their JSON in one statement, for where one statement answers several pages. */
export const pageOf = (
  rows: RawBuilder<unknown>,
  sort: Sort,
  limit: number,
  columns: RawBuilder<unknown>,
): RawBuilder<Pick<PageRow, 'items' | 'last'>> => sql`
    SELECT '[' || coalesce(string_agg(p.item, ',' ORDER BY p.n) FILTER (WHERE p.n <= ${limit}), '') || ']' AS items,
      CASE WHEN count(*) > ${limit} THEN max(p.keys) FILTER (WHERE p.n = ${limit}) END AS last
    FROM (
      SELECT row_number() OVER () AS n, row_to_json(x)::text AS item, ${keysOf(sort)} AS keys
      FROM (${rows}) r CROSS JOIN LATERAL (SELECT ${columns}) x
    ) p`
