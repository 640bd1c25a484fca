/** Filters evaluated plainly in memory: what lists in SQL are held against. */
import type { Filter, FilterCondition } from '@rapport/contracts'

type Plain = { custom: Record<string, unknown> }

/** `parent.name` is asked of the record that came with `include=parent`. */
export function valueOf(record: Plain, field: string): string | number | null {
  if (field.startsWith('custom.')) {
    const value = record.custom[field.slice(7)] ?? null
    return value === null || value === '' ? null : String(value)
  }
  const value = field
    .split('.')
    .reduce<unknown>((held, name) => (held as Record<string, unknown> | null | undefined)?.[name], record)
  return value === null || value === '' || value === undefined ? null : (value as string | number)
}

export function holds(record: Plain, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((one) => holds(record, one))
  if ('or' in filter) return filter.or.length === 0 || filter.or.some((one) => holds(record, one))
  if ('not' in filter) return !holds(record, filter.not)
  const many = listOf(record, filter.field)
  return many ? meetsList(many, filter) : meets(valueOf(record, filter.field), filter)
}

/** A field with any number of values: tags by their names. */
function listOf(record: Plain, field: string): string[] | null {
  const value = (record as Record<string, unknown>)[field]
  return Array.isArray(value) ? value.map((one: { name: string }) => one.name) : null
}

function meetsList(has: string[], { op, value }: FilterCondition): boolean {
  const wanted = (value ?? []) as string[]
  switch (op) {
    case 'has_any':
      return wanted.some((one) => has.includes(one))
    case 'has_all':
      return wanted.every((one) => has.includes(one))
    case 'is_empty':
      return has.length === 0
    case 'is_not_empty':
      return has.length > 0
    default:
      throw new Error(`The evaluation does not know ${op} of many values.`)
  }
}

function meets(value: string | number | null, { op, value: given }: FilterCondition): boolean {
  const wanted = given as string | number
  const many = given as (string | number)[]
  switch (op) {
    case 'is_empty':
      return value === null
    case 'is_not_empty':
      return value !== null
    case 'ne':
      return value !== wanted
    case 'not_in':
      return value === null || !many.includes(value)
    default:
      break
  }
  if (value === null) return false
  switch (op) {
    case 'eq':
      return value === wanted
    case 'in':
      return many.includes(value)
    case 'lt':
      return value < wanted
    case 'lte':
      return value <= wanted
    case 'gt':
      return value > wanted
    case 'gte':
      return value >= wanted
    case 'between':
      return value >= (many[0] ?? 0) && value <= (many[1] ?? 0)
    case 'starts_with':
      return String(value).startsWith(String(wanted))
    case 'contains':
      return fold(String(value)).includes(fold(String(wanted)))
    default:
      throw new Error(`The evaluation does not know ${op}.`)
  }
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
