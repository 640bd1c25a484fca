/** Filters evaluated plainly in memory: what lists in SQL are held against. */
import type { Filter, FilterCondition } from '@rapport/contracts'

type Plain = { id: string; custom: Record<string, unknown> }
type One = string | number | boolean
type Value = One | string[] | null

/** What a field holds, or null; tags by their names. `company.name` is asked of the company that stands in the record, `custom.home.name` of what stands there as `custom.home`. */
function valueOf(record: Plain, field: string): Value {
  const [, through, rest] = /^(custom\.[a-z0-9_]+)\.(.+)$/.exec(field) ?? []
  const path = through === undefined || rest === undefined ? field.split('.') : [through, ...rest.split('.')]
  const value = path.reduce<unknown>(
    (held, name) => (held as Record<string, unknown> | null | undefined)?.[name],
    record,
  )
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(nameOf)
  return value === '' || value === undefined ? null : (value as One | null)
}

const nameOf = (item: unknown) => (typeof item === 'string' ? item : (item as { name: string }).name)

export function holds(record: Plain, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((one) => holds(record, one))
  if ('or' in filter) return filter.or.length === 0 || filter.or.some((one) => holds(record, one))
  if ('not' in filter) return !holds(record, filter.not)
  const value = valueOf(record, filter.field)
  const isOfMany = filter.op === 'has_any' || filter.op === 'has_all'
  return isOfMany ? meetsList((value ?? []) as string[], filter) : meets(value as One | null, filter)
}

function meetsList(has: string[], { op, value }: FilterCondition): boolean {
  const wanted = value as string[]
  return op === 'has_any' ? wanted.some((one) => has.includes(one)) : wanted.every((one) => has.includes(one))
}

function meets(value: One | null, { op, value: given }: FilterCondition): boolean {
  const wanted = given as One
  const many = given as One[]
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

/** In the order of a list: what is empty comes last, and the id, in the direction of the last key, decides. */
export function sortedBy<Item extends Plain>(records: readonly Item[], sort: readonly string[]): Item[] {
  const keys = [...sort, sort.at(-1)?.startsWith('-') ? '-id' : 'id']
  return records.toSorted((one, other) => {
    for (const key of keys) {
      const order = compare(key, one, other)
      if (order !== 0) return order
    }
    return 0
  })
}

function compare(key: string, one: Plain, other: Plain): number {
  const name = key.replace('-', '')
  const [x, y] = [keyOf(one, name), keyOf(other, name)]
  if (x === null || y === null) return Number(x === null) - Number(y === null)
  const order = typeof x === 'number' ? x - Number(y) : Buffer.compare(Buffer.from(x), Buffer.from(String(y)))
  return key.startsWith('-') ? -order : order
}

/** Of longer texts the lists order by the beginning, when it is a custom field that holds them. */
function keyOf(record: Plain, name: string): string | number | null {
  const value = valueOf(record, name)
  if (value === null || typeof value === 'number') return value
  const text = String(value)
  return name.startsWith('custom.') ? Array.from(text).slice(0, 200).join('') : text
}
