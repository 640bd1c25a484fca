/** Orders of a list and the keyset clause that continues one after a row. Empty values come last. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { invalidField } from '../problems.ts'
import { fieldOf, type RecordDescription, type StoredField } from './description.ts'
import { indexedLength, ownValue } from './own-fields.ts'

export type SortKey = { field: StoredField; descending: boolean }
/** The last key is always the id, so that no two rows are equal. */
export type Sort = SortKey[]

const maxKeys = 5

export function parseSort(records: RecordDescription, text: string, allowed?: string): Sort {
  const keys = text.split(',').map((part) => parseKey(records, part.trim(), allowed))
  if (keys.length > maxKeys)
    throw invalidField('sort', 'too_many', `must not have more than ${maxKeys} fields`)
  const names = new Set(keys.map((key) => key.field.name))
  if (names.size < keys.length) throw invalidField('sort', 'repeated', 'must not name a field twice')
  return withId(records, keys)
}

function parseKey(records: RecordDescription, part: string, allowed?: string): SortKey {
  const descending = part.startsWith('-')
  const name = descending ? part.slice(1) : part
  const field = fieldOf(records, name)
  if (!field || !(field.sortable || name === allowed))
    throw invalidField(
      'sort',
      'unknown_field',
      `"${name.slice(0, 100)}" is not a field that can be sorted by`,
    )
  return { field, descending }
}

/** The id goes the way of the key before it, so that one index serves both. */
function withId(records: RecordDescription, keys: SortKey[]): Sort {
  const id = records.fields.get('id')
  const at = keys.findIndex((key) => key.field.name === 'id')
  if (at >= 0) return keys.slice(0, at + 1)
  return id ? [...keys, { field: id, descending: keys.at(-1)?.descending ?? false }] : keys
}

export const describeSort = (sort: Sort): string =>
  sort.map((key) => (key.descending ? '-' : '') + key.field.name).join(',')

/** Own texts are ordered as the index knows them: by their beginning. */
function columnOf({ field }: SortKey): RawBuilder<unknown> {
  if (!field.own) return sql.ref(`r.${field.column}`)
  return field.stored === 'text' ? sql`left(${ownValue(field)}, ${indexedLength})` : ownValue(field)
}

export function orderBy(sort: Sort): RawBuilder<unknown> {
  const parts = sort.map((key) => {
    if (!key.descending) return columnOf(key)
    return key.field.nullable ? sql`${columnOf(key)} DESC NULLS LAST` : sql`${columnOf(key)} DESC`
  })
  return sql.join(parts)
}

const isId = ({ field }: SortKey): boolean => field.name === 'id'
const nameOf = (key: SortKey, place: number) => (isId(key) ? 'id' : `key_${place + 1}`)

/**
 * All that finding a page needs of the record `r`: its id and its sort keys, for `keysAt`. An index that has them need
 * not be left, and a statement that names no other column is parsed and planned in less time.
 * @param first what stands for the first key.
 */
export function idAndKeys(sort: Sort, first?: RawBuilder<unknown>): RawBuilder<unknown> {
  const keys = sort.flatMap((key, place) => {
    if (isId(key)) return []
    const value = place === 0 && first ? first : columnOf(key)
    return [sql`${value} AS ${sql.id(nameOf(key, place))}`]
  })
  return sql.join([...keys, sql`r.id`])
}

/** As `keysOf`, of the row at that place, from 1, among those rows `r` of which `idAndKeys` was selected. */
export function keysAt(sort: Sort, place: RawBuilder<unknown>): RawBuilder<string> {
  const keys = sort.map(
    (key, index) => sql`(array_agg(${sql.ref(`r.${nameOf(key, index)}`)}))[${place}]::text`,
  )
  return sql`json_build_array(${sql.join(keys)})::text`
}

/** The sort keys of a row as a JSON list of texts. */
export function keysOf(sort: Sort): RawBuilder<string> {
  return sql`json_build_array(${sql.join(sort.map((key) => sql`${columnOf(key)}::text`))})::text`
}

/** Rows after the one with these keys. */
export function afterKeys(sort: Sort, values: (string | null)[]): RawBuilder<SqlBool> {
  const descending = sort[0]?.descending ?? false
  const uniform = sort.every((key) => key.descending === descending && !key.field.nullable)
  return uniform ? afterRow(sort, values, descending) : afterEach(sort, values)
}

export const valueOf = (key: SortKey, value: string | null) => sql`${value}::${sql.raw(key.field.stored)}`

function afterRow(sort: Sort, values: (string | null)[], descending: boolean): RawBuilder<SqlBool> {
  const columns = sql.join(sort.map(columnOf))
  const row = sql.join(sort.map((key, index) => valueOf(key, values[index] ?? null)))
  return sql`(${columns}) ${sql.raw(descending ? '<' : '>')} (${row})`
}

/** a is after, or a is equal and b is after, or … */
function afterEach(sort: Sort, values: (string | null)[]): RawBuilder<SqlBool> {
  const alternatives = sort.map((key, index) => {
    const equal = sort.slice(0, index).map((earlier, place) => isEqual(earlier, values[place] ?? null))
    return sql<SqlBool>`(${sql.join([...equal, isAfter(key, values[index] ?? null)], sql` AND `)})`
  })
  return sql`(${sql.join(alternatives, sql` OR `)})`
}

const isEqual = (key: SortKey, value: string | null) =>
  value === null ? sql`${columnOf(key)} IS NULL` : sql`${columnOf(key)} = ${valueOf(key, value)}`

function isAfter(key: SortKey, value: string | null): RawBuilder<unknown> {
  if (value === null) return sql`false`
  const after = sql`${columnOf(key)} ${sql.raw(key.descending ? '<' : '>')} ${valueOf(key, value)}`
  return key.field.nullable ? sql`(${after} OR ${columnOf(key)} IS NULL)` : after
}
