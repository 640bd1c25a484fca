/**
 * Values within a formula. Nothing throws: what is empty counts as 0, '' or false, and what cannot be calculated
 * (a division by zero) is NaN, which stays NaN through arithmetic and is empty at the end.
 */
import type { FormulaType } from '@rapport/contracts'

/** Lists are only looked into (`contains`, `len`, `is_empty`); no formula results in one. */
export type ValueType = FormulaType | 'list'
/** Dates are `2026-01-31`, so that they compare as text. */
export type Value = number | string | boolean | readonly string[] | null

const maxTextLength = 10_000
const significantDigits = 15

export const numberOf = (value: Value): number => (typeof value === 'number' ? value : 0)
export const textOf = (value: Value): string => (typeof value === 'string' ? value : '')
export const truthOf = (value: Value): boolean => value === true
export const dateOf = (value: Value): string | null =>
  typeof value === 'string' && value !== '' ? value : null

export function isEmpty(value: Value): boolean {
  if (value === null || value === '' || Number.isNaN(value)) return true
  return Array.isArray(value) && value.length === 0
}

/** Any value as it reads within a text. */
export function written(value: Value): string {
  if (isEmpty(value)) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(roundTo(value, 4)) : ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Halves go away from zero, in the digits that a person would write: 2.675 becomes 2.68. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals
  const shifted = Number((Math.abs(value) * factor).toPrecision(significantDigits))
  const rounded = (Math.sign(value) * Math.round(shifted)) / factor
  return rounded === 0 ? 0 : rounded
}

/** Texts cannot grow without bound, however formulas build upon each other. */
export function cut(text: string): string {
  if (text.length <= maxTextLength) return text
  const head = text.slice(0, maxTextLength)
  return head.isWellFormed() ? head : head.slice(0, -1)
}

/** What a record holds, as JSON tells it, becomes a value; times count as the day they have in UTC. */
export function readValue(type: ValueType, held: unknown): Value {
  if (held === null || held === undefined) return null
  switch (type) {
    case 'number':
      return typeof held === 'number' && Number.isFinite(held) ? held : null
    case 'boolean':
      return held === true
    case 'date':
      return typeof held === 'string' && /^\d{4}-\d\d-\d\d/.test(held) ? held.slice(0, 10) : null
    case 'list':
      return Array.isArray(held) ? held.map(String) : null
    case 'text':
      return typeof held === 'string' ? held : null
  }
}

/** What a formula results in, as the record tells it. */
export function settle(type: FormulaType, value: Value): Exclude<Value, readonly string[]> {
  if (isEmpty(value)) return null
  if (type === 'boolean') return truthOf(value)
  if (type !== 'number') return cut(textOf(value)) || null
  const rounded = roundTo(numberOf(value), 4)
  return Number.isFinite(rounded) ? rounded : null
}
