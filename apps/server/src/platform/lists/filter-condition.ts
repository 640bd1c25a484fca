/** One condition's operator and value, checked against its field and turned into a test. */
import { relativeDates, type FilterOperator } from '@rapport/contracts'
import type { Actor } from '../actor.ts'
import { invalidField } from '../problems.ts'
import { addDays, dayOf, isoDay, parseDay, relativeSpan, startOfDay, type DaySpan } from './days.ts'
import type { StoredField } from './description.ts'
import { readText, readValue, type Stored } from './filter-value.ts'

/** From and to bound a value; a missing one is open. */
export type Range = { from?: Bound; to?: Bound }
type Bound = { value: Stored; inclusive: boolean }

/** `has` is of fields with any number of values. `negate` includes empty values: who is not from Brazil includes those of whom no country is known. */
export type Test =
  | { kind: 'any'; values: Stored[]; negate: boolean }
  | { kind: 'ranges'; ranges: Range[]; negate: boolean }
  | { kind: 'contains'; text: string }
  | { kind: 'has'; values: Stored[]; all: boolean }
  | { kind: 'empty'; negate: boolean }

export type Given = { value: unknown; op: FilterOperator; path: string; actor: Actor; now: Date }

const maxValues = 200

export function fieldTest(field: StoredField, given: Given): Test {
  const { op, value, path } = given
  if (op === 'is_empty' || op === 'is_not_empty') return emptyTest(given)
  if (op === 'contains') return { kind: 'contains', text: readText(value, path) }
  if (op === 'starts_with')
    return { kind: 'ranges', ranges: [prefixRange(readText(value, path))], negate: false }
  if (op === 'has_any' || op === 'has_all') {
    const values = listed(given).map(([item, at]) => readValue(field, item, given, at))
    return { kind: 'has', values: values.filter((item) => item !== null), all: op === 'has_all' }
  }
  if (field.type === 'datetime' || field.type === 'date') return timeTest(field, given)
  if (op === 'between') {
    const [from, to] = pair(value, path)
    const range: Range = {
      from: { value: readOrdered(field, from, given, `${path}.0`), inclusive: true },
      to: { value: readOrdered(field, to, given, `${path}.1`), inclusive: true },
    }
    return { kind: 'ranges', ranges: [range], negate: false }
  }
  if (op === 'eq' || op === 'ne' || op === 'in' || op === 'not_in') {
    const values = listed(given).map(([item, at]) => readValue(field, item, given, at))
    return { kind: 'any', values: values.filter((item) => item !== null), negate: isNegative(op) }
  }
  return { kind: 'ranges', ranges: [openRange(op, readOrdered(field, value, given, path))], negate: false }
}

/** Custom values are compared as the text that they show. */
export function customTest(given: Given): Test {
  const { op, value, path } = given
  if (op === 'is_empty' || op === 'is_not_empty') return emptyTest(given)
  if (op === 'contains') return { kind: 'contains', text: readText(value, path) }
  if (op === 'starts_with')
    return { kind: 'ranges', ranges: [prefixRange(readText(value, path))], negate: false }
  const values = listed(given).map(([item, at]) =>
    readText(typeof item === 'number' || typeof item === 'boolean' ? String(item) : item, at),
  )
  return { kind: 'any', values, negate: isNegative(op) }
}

function emptyTest({ op, value, path }: Given): Test {
  if (value !== undefined && value !== null)
    throw invalidField(path, 'not_wanted', `must be left out with ${op}`)
  return { kind: 'empty', negate: op === 'is_not_empty' }
}

const isNegative = (op: FilterOperator) => op === 'ne' || op === 'not_in'

function listed({ op, value, path }: Given): [unknown, string][] {
  if (op === 'eq' || op === 'ne') return [[value, path]]
  if (!Array.isArray(value) || value.length === 0)
    throw invalidField(path, 'invalid_type', 'must be a list of at least one value')
  if (value.length > maxValues)
    throw invalidField(path, 'too_many', `must not have more than ${maxValues} values`)
  return value.map((item: unknown, index) => [item, `${path}.${index}`])
}

function pair(value: unknown, path: string): [unknown, unknown] {
  if (!Array.isArray(value) || value.length !== 2)
    throw invalidField(path, 'invalid_type', 'must be a list of two values, from and to')
  return [value[0], value[1]]
}

function readOrdered(field: StoredField, value: unknown, given: Given, path: string): Stored {
  const read = readValue(field, value, given, path)
  if (read === null) throw invalidField(path, 'invalid_value', 'has no order')
  return read
}

function openRange(op: FilterOperator, value: Stored): Range {
  if (op === 'lt' || op === 'lte') return { to: { value, inclusive: op === 'lte' } }
  return { from: { value, inclusive: op === 'gte' } }
}

/** Everything that starts with `prefix`, as a range in C collation, which an index can serve. */
function prefixRange(prefix: string): Range {
  const points = Array.from(prefix)
  while (points.length > 0) {
    const next = nextPoint((points.pop() ?? '').codePointAt(0) ?? 0)
    if (next !== undefined)
      return {
        from: { value: prefix, inclusive: true },
        to: { value: points.join('') + next, inclusive: false },
      }
  }
  return { from: { value: prefix, inclusive: true } }
}

function nextPoint(point: number): string | undefined {
  if (point >= 0x10ffff) return undefined
  return String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1) // surrogates are no characters
}

/** Days are those of the caller's time zone: `eq 2026-03-01` on a time means some time on that day. */
function timeTest(field: StoredField, given: Given): Test {
  const { op, value, path } = given
  if (op === 'within') return { kind: 'ranges', ranges: [withinRange(field, given)], negate: false }
  const read = (item: unknown, at: string) => readMoment(field, item, at, given.actor.time_zone)
  if (op === 'between') {
    const [from, to] = pair(value, path)
    const range = { ...fromOf(read(from, `${path}.0`)), ...toOf(read(to, `${path}.1`)) }
    return { kind: 'ranges', ranges: [range], negate: false }
  }
  if (op === 'eq' || op === 'ne' || op === 'in' || op === 'not_in')
    return {
      kind: 'ranges',
      ranges: listed(given).map(([item, at]) => read(item, at)),
      negate: isNegative(op),
    }
  const moment = read(value, path)
  return { kind: 'ranges', ranges: [beside(op, moment)], negate: false }
}

const fromOf = (range: Range): Range => (range.from ? { from: range.from } : {})
const toOf = (range: Range): Range => (range.to ? { to: range.to } : {})

/** Before or after a moment that may last a day. */
function beside(op: FilterOperator, moment: Range): Range {
  if (op === 'gte') return fromOf(moment)
  if (op === 'lte') return toOf(moment)
  if (op === 'lt') return moment.from ? { to: { value: moment.from.value, inclusive: false } } : {}
  return moment.to ? { from: { value: moment.to.value, inclusive: !moment.to.inclusive } } : {}
}

function readMoment(field: StoredField, value: unknown, path: string, timeZone: string): Range {
  const day = typeof value === 'string' ? parseDay(value) : undefined
  if (day) return spanRange(field, { from: day, to: addDays(day, 1) }, timeZone)
  if (field.type === 'date') throw invalidField(path, 'invalid_date', 'must be a date as 2026-01-31')
  const instant = typeof value === 'string' && isoInstant.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(instant))
    throw invalidField(path, 'invalid_date', 'must be a date as 2026-01-31 or a time as 2026-01-31T12:00:00Z')
  const bound: Bound = { value: new Date(instant).toISOString(), inclusive: true }
  return { from: bound, to: bound }
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function withinRange(field: StoredField, { value, path, actor, now }: Given): Range {
  const name = relativeDates.find((known) => known === value)
  if (!name) throw invalidField(path, 'invalid_value', `must be one of ${relativeDates.join(', ')}`)
  return spanRange(
    field,
    relativeSpan(name, dayOf(now, actor.time_zone), actor.week_starts_on),
    actor.time_zone,
  )
}

function spanRange(field: StoredField, span: DaySpan, timeZone: string): Range {
  const stored = (day: DaySpan['from']) =>
    field.type === 'date' ? isoDay(day) : startOfDay(day, timeZone).toISOString()
  return {
    from: { value: stored(span.from), inclusive: true },
    to: { value: stored(span.to), inclusive: false },
  }
}
