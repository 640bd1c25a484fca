/**
 * What is left of a filter and an order that were saved some time ago, perhaps by somebody else: fields come and go,
 * options vanish, and the reader's role hides what the writer's showed. What does not apply is left out and named.
 */
import type { Filter, FilterCondition } from '@rapport/contracts'
import type { Actor } from '../actor.ts'
import { Problem } from '../problems.ts'
import type { RecordDescription } from './description.ts'
import { parseFilter } from './filter.ts'
import { parseSort } from './sort.ts'

export type Usable<Kept> = { kept: Kept | null; left_out: string[] }

export function usableFilter(records: RecordDescription, actor: Actor, filter: Filter): Usable<Filter> {
  const left_out = new Set<string>()
  const applies = (condition: FilterCondition) =>
    isAccepted(() => parseFilter(records, actor, JSON.stringify(condition)))
  const kept = keepConditions(filter, (condition) => {
    if (applies(condition)) return condition
    left_out.add(condition.field)
    return withoutLost(condition, applies)
  })
  return { kept, left_out: [...left_out] }
}

/** The filter with each condition as `keep` leaves it; a group of which nothing is left goes, too: an empty one would let everything through. */
export function keepConditions(
  filter: Filter,
  keep: (condition: FilterCondition) => FilterCondition | null,
): Filter | null {
  const group = (members: Filter[], make: (kept: Filter[]) => Filter): Filter | null => {
    const kept = members.map((member) => keepConditions(member, keep)).filter((member) => member !== null)
    return kept.length === 0 && members.length > 0 ? null : make(kept)
  }
  if ('and' in filter) return group(filter.and, (and) => ({ and }))
  if ('or' in filter) return group(filter.or, (or) => ({ or }))
  if ('not' in filter) return group([filter.not], ([not]) => ({ not: not ?? { and: [] } }))
  return keep(filter)
}

/** Of a list of values those that still are any, such as the options that are left. */
function withoutLost(
  { field, op, value }: FilterCondition,
  applies: (condition: FilterCondition) => boolean,
): FilterCondition | null {
  if (!Array.isArray(value) || op === 'between') return null
  const left = value.filter((one: unknown) => applies({ field, op, value: [one] }))
  return left.length === 0 ? null : { field, op, value: left }
}

/** The order in the spelling of the lists, without the fields that cannot be sorted by. */
export function usableSort(records: RecordDescription, sort: string): Usable<string> {
  const keys = sort.split(',').map((key) => key.trim())
  const kept = keys.filter((key) => isAccepted(() => parseSort(records, key)))
  const left_out = keys.filter((key) => !kept.includes(key)).map((key) => key.replace(/^-/, ''))
  return { kept: kept.length === 0 ? null : kept.join(','), left_out }
}

function isAccepted(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
