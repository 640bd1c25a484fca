/** A rule as its dialog holds it: whatever strategy is chosen, the members stay. */
import type { AssignmentRule, AssignmentStrategy, AssignmentTarget } from '@rapport/contracts'
import { fromFilter, toFilter } from '../../ui/filters/address.ts'
import type { FilterNode } from '../../ui/filters/types.ts'

export type Chosen = { user_id: string; weight: number; value: string }
export type RuleForm = {
  name: string
  filters: FilterNode[]
  strategy: AssignmentStrategy
  field: string
  members: Chosen[]
}

export const blankRule: RuleForm = {
  name: '',
  filters: [],
  strategy: 'round_robin',
  field: 'country',
  members: [],
}

export function formOf({ name, filter, target }: AssignmentRule): RuleForm {
  const members = target.strategy === 'member' ? [{ user_id: target.user_id }] : target.members
  return {
    name,
    filters: fromFilter(filter),
    strategy: target.strategy,
    field: target.strategy === 'territory' ? target.field : 'country',
    members: members.map((one) => ({ weight: 1, value: '', ...one })),
  }
}

export const filterOf = ({ filters }: RuleForm): Record<string, unknown> | null =>
  (toFilter(filters) as Record<string, unknown> | undefined) ?? null

/** What is missing, if anything; only one member counts where one is asked for. */
export function faultOf({ name, strategy, members }: RuleForm): 'name' | 'member' | 'value' | null {
  if (name.trim() === '') return 'name'
  if (members.length === 0) return 'member'
  if (strategy === 'territory' && members.some(({ value }) => value.trim() === '')) return 'value'
  return null
}

export function targetOf({ strategy, field, members }: RuleForm): AssignmentTarget {
  const [first] = members
  if (strategy === 'member') return { strategy, user_id: first?.user_id ?? '' }
  if (strategy === 'territory')
    return {
      strategy,
      field,
      members: members.map(({ user_id, value }) => ({ user_id, value: value.trim() })),
    }
  if (strategy === 'load') return { strategy, members: members.map(({ user_id }) => ({ user_id })) }
  return { strategy, members: members.map(({ user_id, weight }) => ({ user_id, weight })) }
}
