/** A filter's value in the form in which its field is stored, or a 422 that names its place. */
import { hasControlCharacter, toStoredMoney } from '@rapport/contracts'
import type { Actor } from '../actor.ts'
import { normalizePhone } from '../phone-numbers.ts'
import { invalidField } from '../problems.ts'
import type { StoredField } from './description.ts'

export type Stored = string | number

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const maxInt4 = 2_147_483_647
const maxMoney = 500_000_000_000

export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw invalidField(path, 'invalid_type', 'must be a text')
  if (value.length > 1000) throw invalidField(path, 'too_long', 'must not be longer than 1000 characters')
  if (hasControlCharacter(value) || !value.isWellFormed())
    throw invalidField(path, 'invalid_text', 'must not contain control characters')
  return value
}

/** Null stands for a "me" that is nobody: the value that no record has. */
export function readValue(
  field: StoredField,
  value: unknown,
  { actor }: { actor: Actor },
  path: string,
): Stored | null {
  switch (field.type) {
    case 'number':
      return field.own ? readNumber(value, path) : readInteger(value, path)
    case 'percent':
      return readNumber(value, path)
    case 'money':
      return field.own ? readNumber(value, path) : readMoney(value, path)
    case 'boolean':
      return readFlag(value, path)
    case 'multi_select':
    case 'select':
      return readOption(field, value, path)
    case 'user':
      return value === 'me' ? actor.user_id : readId(value, path)
    case 'relation':
    case 'id':
    case 'links':
      return readId(value, path)
    case 'email':
      return readText(value, path).trim().toLowerCase()
    case 'phone':
      return normalizePhone(readText(value, path), [actor.country])
    default:
      return readText(value, path)
  }
}

function readInteger(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > maxInt4)
    throw invalidField(path, 'invalid_type', 'must be a whole number')
  return value
}

function readNumber(value: unknown, path: string): number {
  if (typeof value !== 'number') throw invalidField(path, 'invalid_type', 'must be a number')
  return value
}

function readFlag(value: unknown, path: string): string {
  if (typeof value !== 'boolean') throw invalidField(path, 'invalid_type', 'must be true or false')
  return String(value)
}

function readMoney(value: unknown, path: string): string {
  if (typeof value !== 'number' || Math.abs(value) > maxMoney)
    throw invalidField(path, 'invalid_type', 'must be an amount')
  const stored = toStoredMoney(value)
  if (Number(stored) / 10_000 !== value)
    throw invalidField(path, 'invalid_value', 'must not have more than 4 decimals')
  return stored.toString()
}

function readOption(field: StoredField, value: unknown, path: string): string {
  const options = field.options ?? []
  if (typeof value === 'string' && options.includes(value)) return value
  throw invalidField(path, 'invalid_value', `must be one of ${options.join(', ')}`)
}

function readId(value: unknown, path: string): string {
  if (typeof value === 'string' && uuid.test(value)) return value.toLowerCase()
  throw invalidField(path, 'invalid_id', 'must be an id')
}
