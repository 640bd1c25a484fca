/** Filters in the address of a page, and as the API takes them. */
import type { Filter } from '@rapport/contracts'
import { isComplete, type FilterState } from './types.ts'

/** A hand-edited or old address may hold anything; what is no filter is left out. */
export function readFilters(text: string): FilterState[] {
  if (text === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.filter(isFilter) : []
  } catch {
    return []
  }
}

const isFilter = (value: unknown): value is FilterState =>
  typeof value === 'object' && value !== null && 'field' in value && 'op' in value

export function toFilter(filters: readonly FilterState[]): Filter | undefined {
  const complete = filters.filter(isComplete)
  if (complete.length === 0) return undefined
  return {
    and: complete.map(({ field, op, value }) => (value === undefined ? { field, op } : { field, op, value })),
  }
}
