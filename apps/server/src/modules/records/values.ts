/** From what a caller gives to what is stored, and back, by the type of each field. */
import { isDeepStrictEqual } from 'node:util'
import { currencyDigits, fitsCurrency, moneyScale, toStoredMoney, type RecordTag } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { RecordDescription, StoredField } from '../../platform/lists/index.ts'
import { normalizePhone } from '../../platform/phone-numbers.ts'
import type { BaseRow, Custom, Given, RecordDefinition } from './definition.ts'
import { ownFieldsOf, readOwnValues, requireOwnValues } from './own-values.ts'
import { tooManyCustom, tooManyDecimals } from './problems.ts'

/** Field → [before, after], told as callers know the values; custom values by `custom.<key>`. */
export type Changes = Record<string, [unknown, unknown]>
type Values = Record<string, unknown> & { custom: Custom }

const maxCustom = 200

const isList = ({ stored }: Pick<StoredField, 'stored'>) =>
  stored === 'text[]' || stored === 'jsonb' || stored === 'rows'

/** What writing asks of a description, found out once for all of its records. */
type WritableFields = {
  /** The fields that a person fills in. */
  all: readonly StoredField[]
  phones: readonly StoredField[]
  money: readonly StoredField[]
  /** Each list of further addresses or numbers, with the columns of single ones. */
  further: readonly { column: string; single: readonly string[] }[]
}
const known = new WeakMap<RecordDescription, WritableFields>()

function writableFields(records: RecordDescription): WritableFields {
  const found = known.get(records)
  if (found) return found
  const fields = [...records.fields.values()]
  const all = fields.filter((field) => field.writable)
  const columnsOf = (type: StoredField['type']) =>
    all.filter((field) => field.type === type).map(({ column }) => column)
  const writable: WritableFields = {
    all,
    phones: all.filter(({ type }) => type === 'phone' || type === 'phones'),
    money: fields.filter(({ type }) => type === 'money'),
    further: all
      .filter(({ stored }) => stored === 'text[]')
      .map(({ column, type }) => ({ column, single: columnsOf(type === 'emails' ? 'email' : 'phone') })),
  }
  known.set(records, writable)
  return writable
}

/** Every writable field empty. */
export function blankValues(records: RecordDescription): Values {
  const empty = writableFields(records).all.map((field): [string, unknown] => [
    field.column,
    isList(field) ? [] : null,
  ])
  return { ...Object.fromEntries(empty), custom: {} }
}

/** `before` with what is given; a null empties a field, an absent one leaves it. */
export function applyGiven<Row extends Values>(
  records: RecordDescription,
  actor: Actor,
  before: Row,
  given: Given,
): Row {
  const after: Values = { ...before }
  const { all, phones } = writableFields(records)
  for (const { name, column, type } of all) {
    const value = given[name]
    if (value === undefined) continue
    after[column] = type === 'money' && value !== null ? Number(toStoredMoney(value as number)) : value
  }
  // A number is read as of the country, which may come with it.
  const countries = [after['country'] as string | null | undefined, actor.country]
  for (const { name, column, type } of phones) {
    const value = given[name]
    if (type === 'phone' && typeof value === 'string') after[column] = normalizePhone(value, countries)
    if (type === 'phones' && isTexts(value))
      after[column] = value.map((one) => normalizePhone(one, countries))
  }
  keepFurther(records, after)
  requireFit(records, after)
  const own = ownFieldsOf(actor, records.object)
  after.custom = mergeCustom(before.custom, given.custom && readOwnValues(own, given.custom, countries))
  if (given.custom) requireOwnValues(own, after.custom, given.custom)
  return after as Row
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value)

/** A list of further addresses or numbers holds each once, and none that has a field of its own. */
function keepFurther(records: RecordDescription, after: Values): void {
  for (const { column, single } of writableFields(records).further) {
    const list = after[column]
    if (!isTexts(list) || list.length === 0) continue
    const taken = new Set(single.map((one) => after[one]))
    after[column] = [...new Set(list)].filter((one) => !taken.has(one))
  }
}

/** Lists are the same when they hold the same in the same order. */
export const isSame = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other) ? isDeepStrictEqual(one, other) : one === other

function requireFit(records: RecordDescription, values: Values): void {
  const currency = values['currency']
  if (typeof currency !== 'string' || currencyDigits(currency) >= 4) return
  for (const { name, column } of writableFields(records).money) {
    const value = values[column]
    if (value != null && !fitsCurrency(Number(value) / moneyScale, currency)) throw tooManyDecimals(name)
  }
}

function mergeCustom(before: Custom, given: Custom | undefined): Custom {
  if (!given) return before
  const merged = { ...before, ...given }
  const kept = Object.values(merged).includes(null) ? withoutEmpty(merged) : merged
  if (Object.keys(kept).length > maxCustom) throw tooManyCustom()
  return kept
}

const withoutEmpty = (custom: Custom): Custom =>
  Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null))

export function changesBetween(records: RecordDescription, before: Values, after: Values): Changes {
  const changes: Changes = {}
  for (const { name, column } of writableFields(records).all) {
    const [was, is] = [tell(records, name, before[column]), tell(records, name, after[column])]
    if (!isSame(was, is)) changes[name] = [was, is]
  }
  for (const key of new Set([...Object.keys(before.custom), ...Object.keys(after.custom)])) {
    const [was, is] = [before.custom[key] ?? null, after.custom[key] ?? null]
    if (!isSame(was, is)) changes[`custom.${key}`] = [was, is]
  }
  return changes
}

/** A stored value as callers know it; tags by their names, which outlive them in what was told. */
export function tell({ fields }: RecordDescription, name: string, value: unknown): unknown {
  if (fields.get(name)?.type === 'tags') return ((value ?? []) as RecordTag[]).map((tag) => tag.name)
  return fields.get(name)?.type === 'money' && value != null ? Number(value) / moneyScale : value
}

/** What a field of the record holds now, as callers know it; custom values by `custom.<key>`. */
export function currentOf(records: RecordDescription, row: BaseRow, name: string): unknown {
  if (name.startsWith('custom.')) return row.custom[name.slice('custom.'.length)] ?? null
  const column = records.fields.get(name)?.column ?? name
  return tell(records, name, (row as BaseRow & Values)[column])
}

/** What a record holds, as callers know it, without the fields that are empty. */
export function toldValues(records: RecordDescription, row: Values): Record<string, unknown> {
  const told: Record<string, unknown> = {}
  for (const { name, column } of writableFields(records).all) {
    const value = row[column]
    if (value != null && !(isTexts(value) && value.length === 0)) told[name] = tell(records, name, value)
  }
  for (const [key, value] of Object.entries(row.custom)) told[`custom.${key}`] = value
  return told
}

/** The columns that differ, for the update: of changed fields, and what is kept beside them. */
export function changedColumns<Row extends BaseRow>(
  { records, kept }: Pick<RecordDefinition<Row>, 'records' | 'kept'>,
  before: Values,
  after: Values,
  changes: Changes,
): Record<string, unknown> {
  const columns = Object.keys(changes)
    .filter((name) => !records.fields.get(name)?.rows)
    .map((name) => (name.startsWith('custom.') ? 'custom' : (records.fields.get(name)?.column ?? name)))
  const following = kept.filter((column) => after[column] !== before[column])
  return Object.fromEntries([...new Set([...columns, ...following])].map((column) => [column, after[column]]))
}

export const asValues = (row: BaseRow): Values => row as BaseRow & Values
