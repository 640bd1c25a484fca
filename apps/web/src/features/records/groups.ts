/** Groups of a list: how many records each has, and which filter leads to them. */
import type { FieldDescription, Filter, Group, Groups } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import type { RecordView } from './recordStore.ts'
import type { RecordStore } from './stores.ts'

export const groupKeys = (name: string) => [name, 'groups'] as const

export const groupsQuery = ({ name, readGroups }: RecordStore, view: RecordView, group_by: string) =>
  queryOptions({
    queryKey: [...groupKeys(name), group_by, view.filter, view.q],
    queryFn: ({ signal }): Promise<Groups> =>
      readGroups({
        query: {
          group_by,
          q: view.q || undefined,
          filter: view.filter && JSON.stringify(view.filter),
        },
        signal,
      }),
    placeholderData: (previous) => previous,
  })

/** The list of one group alone. */
export function viewOfGroup(view: RecordView, field: FieldDescription, { value }: Group): RecordView {
  const own = conditionOf(field, value)
  return { ...view, filter: view.filter ? { and: [view.filter, own] } : own }
}

function conditionOf({ name, type }: FieldDescription, value: string | null): Filter {
  if (value === null) return { field: name, op: 'is_empty' }
  if (type === 'date' || type === 'datetime') return { field: name, op: 'between', value: daysOf(value) }
  return { field: name, op: 'eq', value: type === 'number' ? Number(value) : value }
}

/** The first and the last day of a month such as 2026-02. */
export function daysOf(month: string): [string, string] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return [`${month}-01`, `${month}-${last}`]
}
