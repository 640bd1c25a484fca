/** Cursors: the sort keys of a page's last row, opaque to callers and bound to the order they belong to. */
import { createHash } from 'node:crypto'
import { hasControlCharacter } from '@rapport/contracts'
import { invalidField } from '../problems.ts'
import type { StoredAs } from './description.ts'
import { describeSort, type Sort } from './sort.ts'

const orderHash = (order: string) => createHash('sha256').update(order).digest('base64url').slice(0, 8)

/** @param keys the JSON text of the last row's keys, as the list statement answers it. */
export function encodeCursor(order: string, keys: string): string {
  return Buffer.from(`${orderHash(order)}${keys}`).toString('base64url')
}

export function decodeCursor(order: string, stored: readonly StoredAs[], cursor: string): (string | null)[] {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!text.startsWith(orderHash(order)))
    throw invalidField('cursor', 'invalid_cursor', 'is not a cursor of this list in this order')
  const keys = parseKeys(text.slice(8))
  if (keys?.length !== stored.length || !keys.every((key, index) => isStored(key, stored[index])))
    throw invalidField('cursor', 'invalid_cursor', 'is not a cursor that this list gave')
  return keys
}

export const sortCursor = {
  encode: (sort: Sort, keys: string) => encodeCursor(describeSort(sort), keys),
  decode: (sort: Sort, cursor: string) =>
    decodeCursor(
      describeSort(sort),
      sort.map((key) => key.field.stored),
      cursor,
    ),
}

function parseKeys(text: string): (string | null)[] | undefined {
  try {
    const keys: unknown = JSON.parse(text)
    return Array.isArray(keys) && keys.every((key) => key === null || typeof key === 'string')
      ? keys
      : undefined
  } catch {
    return undefined
  }
}

/** What a tampered cursor holds must not become an error of the database. */
const forms: Record<Exclude<StoredAs, 'text' | 'text[]' | 'jsonb' | 'rows'>, RegExp> = {
  int4: /^-?\d{1,9}$/,
  float8: /^-?\d{1,309}(\.\d{1,20})?(e[+-]?\d{1,3})?$/,
  int8: /^-?\d{1,18}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
}

function isStored(key: string | null, stored: StoredAs | undefined): boolean {
  if (key === null || stored === undefined) return stored !== undefined
  // Lists are no sort keys.
  if (stored === 'text[]' || stored === 'jsonb' || stored === 'rows') return false
  if (stored === 'text') return !hasControlCharacter(key) && key.isWellFormed()
  if (!forms[stored].test(key)) return false
  return stored === 'timestamptz' || stored === 'date' ? !Number.isNaN(Date.parse(key)) : true
}
