/**
 * Pages by the index of the organization's own fields (docs/decisions/0023). A condition that few records meet is
 * asked of the index; one that many meet is tested on the way, record by record, which finds a page soon. Which of
 * them it is, is asked once and remembered for a while: it decides how fast a list is, never what is in it. Sorting by
 * such a field reads the index in its order; those without a value follow in a further statement, once it ends.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import { createCache } from '../cache.ts'
import type { ReadContext } from '../http/route.ts'
import { queryBuilder } from '../kysely.ts'
import type { RecordDescription, StoredField } from './description.ts'
import type { FilterTree } from './filter.ts'
import type { Test } from './filter-condition.ts'
import { testClause } from './filter-sql.ts'
import { indexColumn, indexedLength } from './own-fields.ts'
import { afterKeys, idAndKeys, orderBy, valueOf, type Sort } from './sort.ts'
import { belongsClause } from './visible.ts'

/** Up to as many rows, of which a record has one for each of its values, are collected from the index. */
const few = 2_000
const rareness = createCache<boolean>(20_000, 60_000, Date.now)

type PageParts = {
  records: RecordDescription
  actor: Actor
  /** FROM and WHERE of the records `r`, all conditions included. */
  base: RawBuilder<unknown>
  /** The conditions after the FROM, for records that come by another way. */
  conditions: RawBuilder<unknown>
  sort: Sort
  after: (string | null)[] | null
  /** Whether the index itself knows who is in the list: all records are, or those that meet a condition on the field. */
  isKnown: boolean
}

export type OwnCondition = { field: StoredField; test: Test }

/** Conditions that every record of the list meets, on own fields, by having a value. */
export function ownConditions(tree: FilterTree | null): OwnCondition[] {
  if (tree === null) return []
  if ('and' in tree) return tree.and.flatMap(ownConditions)
  if (!('target' in tree) || 'custom_key' in tree.target || 'through' in tree.target) return []
  const { column: field } = tree.target
  return field.own && isIndexed(tree.test) ? [{ field, test: tree.test }] : []
}

const isIndexed = (test: Test): boolean =>
  test.kind === 'has' || ((test.kind === 'any' || test.kind === 'ranges') && !test.negate)

/** Of the index rows `v`, those of the field. */
export const indexRows = (actor: Actor, field: StoredField): RawBuilder<unknown> => sql`
  v.organization_id = ${actor.organization_id}::uuid AND v.field_id = ${field.own?.id}::uuid
    AND ${sql.ref(`v.${indexColumn(field)}`)} IS NOT NULL`

/** What the index can tell of the test: all that meet it, and perhaps some that begin alike. */
export function indexClause(field: StoredField, test: Test): RawBuilder<SqlBool> {
  const column = indexColumn(field)
  const value = { expression: sql.ref(`v.${column}`), cast: sql.raw(column === 'number' ? 'float8' : 'text') }
  if (test.kind === 'has') {
    const first = test.all ? test.values.slice(0, 1) : test.values
    return testClause(value, { kind: 'any', values: first, negate: false })
  }
  return testClause(value, column === 'number' ? test : shortened(test))
}

const cut = (value: string | number) => Array.from(String(value)).slice(0, indexedLength).join('')

/** Whether what the index tells of the condition is the whole truth. */
export function isExact({ field, test }: OwnCondition): boolean {
  if (indexColumn(field) === 'number') return true
  const isWhole = (value: string | number) => String(value).length < indexedLength
  if (test.kind === 'any' || test.kind === 'has') return test.values.every(isWhole)
  return (
    test.kind === 'ranges' &&
    test.ranges.every(({ from, to }) => isWhole(from?.value ?? '') && isWhole(to?.value ?? ''))
  )
}

function shortened(test: Test): Test {
  if (test.kind === 'any') return { ...test, values: test.values.map(cut) }
  if (test.kind !== 'ranges') return test
  const bound = (one: { value: string | number; inclusive: boolean }) =>
    String(one.value).length < indexedLength ? one : { value: cut(one.value), inclusive: true }
  const ranges = test.ranges.map(({ from, to }) => ({
    ...(from ? { from: bound(from) } : {}),
    ...(to ? { to: bound(to) } : {}),
  }))
  return { ...test, ranges }
}

/** For counts: the same condition, asked of the index. */
export function ownMatches(actor: Actor, conditions: readonly OwnCondition[]): RawBuilder<unknown> {
  const asked = conditions.map(
    ({ field, test }) =>
      sql`AND r.id IN (SELECT v.record_id FROM custom_values v WHERE ${indexRows(actor, field)} AND ${indexClause(field, test)})`,
  )
  return asked.length === 0 ? sql`` : sql.join(asked, sql` `)
}

/** The first of the conditions that so few records meet that the list may begin with them. */
export async function findRare(
  { actor, read }: ReadContext,
  conditions: readonly OwnCondition[],
): Promise<OwnCondition | null> {
  for (const condition of conditions) {
    const { field, test } = condition
    const key = JSON.stringify([actor.organization_id, field.own?.id, test])
    if (await rareness.get(key, () => isRare({ actor, read }, condition))) return condition
  }
  return null
}

async function isRare({ actor, read }: ReadContext, { field, test }: OwnCondition): Promise<boolean> {
  const met = sql<{ matches: number }>`SELECT count(*)::int AS matches FROM (
    SELECT 1 FROM custom_values v WHERE ${indexRows(actor, field)} AND ${indexClause(field, test)} LIMIT ${few + 1}) c`
  const [counted] = await read(met.compile(queryBuilder))
  return (counted?.matches ?? 0) <= few
}

/** Restricts the records to those that the index finds. */
export const rareClause = (actor: Actor, { field, test }: OwnCondition): RawBuilder<unknown> =>
  sql`AND r.id = ANY (ARRAY(SELECT v.record_id FROM custom_values v WHERE ${indexRows(actor, field)} AND ${indexClause(field, test)}))`

/** The rows of a page in the order of an own field: first those that have a value, then the others. */
export type ValuedRows = {
  valued: RawBuilder<unknown> | null
  /** Null when every record of the list has a value. */
  others: ((rows: number) => RawBuilder<unknown>) | null
}

/** Null when the order is that of another field. @param rows one more than the page has. */
export function valuedRows(
  parts: PageParts,
  conditions: readonly OwnCondition[],
  rows: number,
): ValuedRows | null {
  const field = parts.sort[0]?.field
  if (!field?.own) return null
  const narrowed = conditions.filter((condition) => condition.field.name === field.name)
  const isPast = parts.after !== null && parts.after[0] === null
  return {
    valued: isPast
      ? null
      : sql`${withValue(parts, field, narrowed)} ${valuedOrder(parts, field)} LIMIT ${sql.lit(rows)}`,
    others: narrowed.length > 0 ? null : (left) => withoutValue(parts, field, left),
  }
}

/** FROM and WHERE of the records that have a value, after the last page. */
function withValue(
  { records, actor, conditions, sort, after, isKnown }: PageParts,
  field: StoredField,
  narrowed: readonly OwnCondition[],
): RawBuilder<unknown> {
  const asked = narrowed.map(({ test }) => sql`AND ${indexClause(field, test)}`)
  const valued = sql`v.organization_id = ${actor.organization_id}::uuid AND v.field_id = ${field.own?.id}::uuid
      AND ${valueColumn(field)} IS NOT NULL ${sql.join(asked, sql` `)} ${after ? sql`AND ${afterValue(sort, field, after)}` : sql``}`
  // It has live records only, and the keys of the order, so that no record need be looked at.
  if (isKnown && isByIdThen(sort))
    return sql`SELECT ${valueColumn(field)} AS key_1, v.record_id AS id FROM custom_values v WHERE ${valued}`
  return sql`SELECT ${idAndKeys(sort, valueColumn(field))} FROM custom_values v JOIN ${sql.table(records.table)} r
      ON r.organization_id = v.organization_id AND r.id = v.record_id
    WHERE ${valued} AND ${belongsClause(records, actor)} AND ${conditions}`
}

/** Whether those of one value follow each other by their ids, in the direction of the values. */
const isByIdThen = ([first, second, ...others]: Sort): boolean =>
  second?.field.name === 'id' && second.descending === first?.descending && others.length === 0

const valueColumn = (field: StoredField) => sql.ref(`v.${indexColumn(field)}`)

/** By value and id the index goes straight to the place; further keys are compared among those of one value. */
function afterValue(sort: Sort, field: StoredField, after: (string | null)[]): RawBuilder<SqlBool> {
  const [first, second] = sort
  if (!first || !second) throw new Error('A list is sorted by at least a field and the id.')
  const direction = first.descending ? '<' : '>'
  const value = valueOf(first, after[0] ?? null)
  if (isByIdThen(sort))
    return sql`(${valueColumn(field)}, v.record_id) ${sql.raw(direction)} (${value}, ${after[1]}::uuid)`
  return sql`${valueColumn(field)} ${sql.raw(`${direction}=`)} ${value} AND ${afterKeys(sort, after)}`
}

function valuedOrder({ sort }: PageParts, field: StoredField): RawBuilder<unknown> {
  const [first, ...rest] = sort
  const direction = sql.raw(first?.descending ? 'DESC' : 'ASC')
  const further = rest.map((key) =>
    key.field.name === 'id' ? sql`v.record_id ${sql.raw(key.descending ? 'DESC' : 'ASC')}` : orderBy([key]),
  )
  return sql`ORDER BY ${sql.join([sql`${valueColumn(field)} ${direction}`, ...further])}`
}

function withoutValue(
  { base, actor, sort, after }: PageParts,
  field: StoredField,
  rows: number,
): RawBuilder<unknown> {
  const rest = sort.slice(1)
  const isWithin = after !== null && after[0] === null
  return sql`SELECT ${idAndKeys(sort)} ${base} AND NOT EXISTS (SELECT FROM custom_values v
      WHERE v.organization_id = ${actor.organization_id}::uuid AND v.record_id = r.id AND v.field_id = ${field.own?.id}::uuid)
    ${isWithin ? sql`AND ${afterKeys(rest, after.slice(1))}` : sql``}
    ORDER BY ${orderBy(rest)} LIMIT ${rows}`
}
