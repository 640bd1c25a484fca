/**
 * Values of the fields that an organization made: each is checked and brought into one form by the type of its
 * field, so that what JSON holds can be compared as it is. docs/decisions/0023-custom-fields.md
 */
import { customPrefix, Email, hasControlCharacter, type CustomValue } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { OwnField } from '../../platform/custom-fields.ts'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalid, type FieldError } from '../../platform/problems.ts'
import { normalizePhone } from '../../platform/phone-numbers.ts'
import { parseDay } from '../../platform/lists/index.ts'
import type { Custom } from './definition.ts'

/** Why a value does not fit. */
export class Unfit extends Error {
  readonly code: FieldCode

  constructor(code: FieldCode, message: string) {
    super(message)
    this.code = code
  }
}

type Reading = { field: OwnField; countries: (string | null | undefined)[] }
type Read = (value: Exclude<CustomValue, null>, reading: Reading) => CustomValue

const maxNumber = 1e15
const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function readText(value: unknown, most: number, isLine = true): string {
  if (typeof value !== 'string') throw new Unfit('invalid_type', 'must be a text')
  const text = value.trim()
  if (text.length > most) throw new Unfit('too_long', `must not be longer than ${most} characters`)
  if (hasControlCharacter(text) || (isLine && /[\n\r\t]/.test(text)) || !text.isWellFormed())
    throw new Unfit('invalid_text', 'must not contain control characters')
  return text
}

const line =
  (most: number): Read =>
  (value) =>
    readText(value, most) || null

function readNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Unfit('invalid_type', 'must be a number')
  if (Math.abs(value) > maxNumber) throw new Unfit('too_big', 'must not be beyond 10^15')
  return value === 0 ? 0 : value
}

function readOption(value: unknown, { field }: Reading): string {
  if (field.options.some((option) => option.value === value)) return value as string
  const known = field.options.slice(0, 20).map((option) => option.value)
  throw new Unfit('invalid_value', `must be one of ${known.join(', ')}`)
}

function readId(value: unknown): string {
  if (typeof value === 'string' && id.test(value)) return value.toLowerCase()
  throw new Unfit('invalid_id', 'must be an id')
}

function readUrl(value: unknown): string | null {
  const text = readText(value, 2_000)
  if (text === '') return null
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
  const url = URL.parse(address)
  if (url && ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return address
  throw new Unfit('invalid_format', 'must be a web address')
}

/** One reader for each type: a new type is one entry here, and one in the web app's own table. */
const readers: Record<OwnField['type'], Read> = {
  text: line(1_000),
  long_text: (value) => readText(value, 10_000, false) || null,
  number: readNumber,
  money: (value) => {
    const amount = readNumber(value)
    if (Math.abs(amount) > 500_000_000_000) throw new Unfit('too_big', 'must not be beyond 500,000,000,000')
    if (Math.round(amount * 10_000) / 10_000 !== amount)
      throw new Unfit('too_precise', 'must not have more than 4 decimals')
    return amount
  },
  date: (value) => {
    if (value === '') return null
    if (typeof value === 'string' && parseDay(value)) return value
    throw new Unfit('invalid_date', 'must be a date as 2026-01-31')
  },
  datetime: (value) => {
    if (value === '') return null
    const time = typeof value === 'string' && instant.test(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(time)) throw new Unfit('invalid_date', 'must be a time as 2026-01-31T12:00:00Z')
    return new Date(time).toISOString()
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value
    throw new Unfit('invalid_type', 'must be true or false')
  },
  select: (value, reading) => (value === '' ? null : readOption(value, reading)),
  multi_select: (value, reading) => {
    if (!Array.isArray(value)) throw new Unfit('invalid_type', 'must be a list')
    const chosen = new Set(value.map((one) => readOption(one, reading)))
    const inOrder = reading.field.options.map((option) => option.value).filter((one) => chosen.has(one))
    return inOrder.length > 0 ? inOrder : null
  },
  user: readId,
  relation: readId,
  url: readUrl,
  email: (value) => {
    if (value === '') return null
    const email = Email.safeParse(value)
    if (email.success) return email.data
    throw new Unfit('invalid_format', 'must be an e-mail address')
  },
  phone: (value, { countries }) => {
    const text = readText(value, 60)
    return text === '' ? null : normalizePhone(text, countries)
  },
  formula: () => {
    throw new Unfit('read_only', 'is calculated and cannot be given')
  },
}

/** The value as it is kept; throws Unfit. */
export function readOwnValue(
  field: OwnField,
  value: CustomValue,
  countries: (string | null | undefined)[],
): CustomValue {
  if (value === null) return null
  const read = readers[field.type](value, { field, countries })
  if (field.unique && typeof read === 'string' && read.length > 200)
    throw new Unfit('too_long', 'must not be longer than 200 characters, because no two may be alike')
  return read
}

type Own = readonly OwnField[]

/** The fields that the actor's organization gave to the object, the retired ones too. */
export const ownFieldsOf = ({ own_fields }: Pick<Actor, 'own_fields'>, object: string): Own =>
  Object.hasOwn(own_fields, object) ? (own_fields[object] ?? []) : []

const errorAt = (key: string, code: FieldCode, message: string): FieldError => ({
  path: `${customPrefix}${key}`,
  code,
  message,
})

/** What is given, in the form in which it is kept; all that does not fit is told at once. */
export function readOwnValues(own: Own, given: Custom, countries: (string | null | undefined)[]): Custom {
  if (own.length === 0) return given
  const faults: FieldError[] = []
  const read = Object.entries(given).map(([key, value]): [string, CustomValue] => {
    const field = own.find((one) => one.key === key)
    if (!field) return [key, value]
    if (field.retired) faults.push(errorAt(key, 'unknown_field', 'is retired'))
    try {
      return [key, readOwnValue(field, value, countries)]
    } catch (cause) {
      if (!(cause instanceof Unfit)) throw cause
      faults.push(errorAt(key, cause.code, cause.message))
      return [key, value]
    }
  })
  if (faults.length > 0) throw invalid(faults)
  return Object.fromEntries(read)
}

/** What a new record has where nothing is given. */
export function ownDefaults(own: Own): Custom {
  const stated = own.filter((field) => !field.retired && field.default_value !== null)
  return Object.fromEntries(stated.map((field) => [field.key, field.default_value]))
}

/** Refuses a new record that lacks what it must have, and a change that takes it away. */
export function requireOwnValues(own: Own, after: Custom, changed: 'all' | Custom): void {
  const missing = own.filter(
    (field) =>
      field.required &&
      !field.retired &&
      (after[field.key] ?? null) === null &&
      (changed === 'all' || Object.hasOwn(changed, field.key)),
  )
  if (missing.length > 0)
    throw invalid(missing.map(({ key }) => errorAt(key, 'needs_value', 'must have a value')))
}
