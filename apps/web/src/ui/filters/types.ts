import type { ComboboxOption } from '../ComboboxPopup.tsx'

export type FilterType = 'text' | 'number' | 'money' | 'date' | 'boolean' | 'select' | 'multi_select' | 'user'

export type FilterOp =
  | 'contains'
  | 'starts_with'
  | 'eq'
  | 'in'
  | 'not_in'
  | 'gte'
  | 'lte'
  | 'between'
  | 'within'
  | 'has_any'
  | 'has_all'
  | 'is_empty'
  | 'is_not_empty'

/** As the API takes it: a text, a number, an ISO day, a list of values, or [from, to]. */
export type FilterValue = string | number | boolean | readonly string[] | readonly [number, number]

export type FilterState = { field: string; op: FilterOp; value?: FilterValue }

/** Conditions of which all or any must be met; groups may hold groups. */
export type FilterGroup = { and: FilterNode[] } | { or: FilterNode[] }
/** What a program has asked for and the screen has no words for: kept as it is. */
export type FilterOther = { not: unknown } | { field: string; op: string; value?: unknown }
export type FilterNode = FilterState | FilterGroup | FilterOther

export const isGroup = (node: FilterNode): node is FilterGroup => 'and' in node || 'or' in node
export const isCondition = (node: FilterNode): node is FilterState =>
  'field' in node && (ALL_OPERATORS as ReadonlySet<string>).has(node.op)

export const membersOf = (group: FilterGroup): FilterNode[] => ('or' in group ? group.or : group.and)
export const joinOf = (group: FilterGroup): 'and' | 'or' => ('or' in group ? 'or' : 'and')
export const groupOf = (join: 'and' | 'or', members: FilterNode[]): FilterGroup =>
  join === 'or' ? { or: members } : { and: members }

export type FilterField = {
  id: string
  /** Translated by the caller. */
  label: string
  type: FilterType
  options?: readonly ComboboxOption[]
  currency?: string
}

export const PERIODS = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'next_7_days',
  'next_30_days',
  'before_today',
  'this_year',
  'last_year',
] as const

const OPERATORS: Record<FilterType, readonly [FilterOp, ...FilterOp[]]> = {
  text: ['contains', 'starts_with', 'eq', 'is_empty', 'is_not_empty'],
  number: ['eq', 'gte', 'lte', 'between', 'is_empty', 'is_not_empty'],
  money: ['gte', 'lte', 'between', 'eq', 'is_empty', 'is_not_empty'],
  date: ['within', 'gte', 'lte', 'between', 'is_empty', 'is_not_empty'],
  boolean: ['eq', 'is_empty', 'is_not_empty'],
  select: ['in', 'not_in', 'is_empty', 'is_not_empty'],
  multi_select: ['has_any', 'has_all', 'is_empty', 'is_not_empty'],
  user: ['in', 'not_in', 'is_empty', 'is_not_empty'],
}

const ALL_OPERATORS: ReadonlySet<FilterOp> = new Set(Object.values(OPERATORS).flat())

/** The first is what a new filter starts with. */
export function operatorsOf(type: FilterType): readonly [FilterOp, ...FilterOp[]] {
  return OPERATORS[type]
}

export function needsValue(op: FilterOp): boolean {
  return op !== 'is_empty' && op !== 'is_not_empty'
}

/** Several of the field's options are chosen. */
export const isChoosing = (op: FilterOp): boolean =>
  op === 'in' || op === 'not_in' || op === 'has_any' || op === 'has_all'

/** Whether a value made for one operator still means something under another. */
function shapeOf(op: FilterOp): 'none' | 'list' | 'range' | 'period' | 'single' {
  if (!needsValue(op)) return 'none'
  if (isChoosing(op)) return 'list'
  if (op === 'between') return 'range'
  return op === 'within' ? 'period' : 'single'
}

/** Changes the operator and keeps the value where it still fits; undefined value: it must be asked for. */
export function withOperator(filter: FilterState, op: FilterOp): FilterState {
  const keeps = shapeOf(filter.op) === shapeOf(op) && filter.value !== undefined
  return keeps ? { field: filter.field, op, value: filter.value as FilterValue } : { field: filter.field, op }
}

export function isComplete(filter: FilterState): boolean {
  if (!needsValue(filter.op)) return true
  const { value } = filter
  if (value === undefined || value === '') return false
  return Array.isArray(value) ? value.length > 0 : true
}
