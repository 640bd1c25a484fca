/** How a list is shown, in the address: a saved view by its id, and beside it what differs from it. */
import { viewLayouts, type View, type ViewColumn } from '@rapport/contracts'
import { fromFilter, readFilters, toFilter } from '../../ui/filters/address.ts'
import type { FilterNode } from '../../ui/filters/types.ts'

export type Arrangement = {
  layout: View['layout']
  /** None stands for the usual ones. */
  columns: readonly ViewColumn[]
  filters: FilterNode[]
  /** As the API spells it; empty for the usual order. */
  sort: string
  group_by: string | null
  date_field: string | null
  pipeline_id: string | null
}
export type Part = keyof Arrangement

export const plain: Arrangement = {
  layout: 'table',
  columns: [],
  filters: [],
  sort: '',
  group_by: null,
  date_field: null,
  pipeline_id: null,
}

export const arrangementOf = (view: View | null): Arrangement =>
  view === null
    ? plain
    : {
        layout: view.layout,
        columns: view.columns,
        filters: fromFilter(view.filter),
        sort: view.sort ?? '',
        group_by: view.group_by,
        date_field: view.date_field,
        pipeline_id: view.pipeline_id,
      }

type Codec<Value> = { param: string; read: (text: string) => Value; write: (value: Value) => string }

/** What is empty must be said where the saved view has something. */
const nothing = 'none'
const named = (param: string): Codec<string | null> => ({
  param,
  read: (text) => (text === nothing || text === '' ? null : text),
  write: (value) => value ?? nothing,
})

const codecs: { [P in Part]: Codec<Arrangement[P]> } = {
  layout: {
    param: 'layout',
    read: (text) => viewLayouts.find((layout) => layout === text) ?? 'table',
    write: (layout) => layout,
  },
  /** `full_name:220,email` */
  columns: {
    param: 'columns',
    read: (text) => (text === nothing ? [] : text.split(',').filter(Boolean).map(readColumn)),
    write: (columns) =>
      columns.length === 0
        ? nothing
        : columns
            .filter(({ hidden }) => hidden !== true)
            .map(({ field, width }) => (width === undefined ? field : `${field}:${width}`))
            .join(','),
  },
  filters: { param: 'filter', read: readFilters, write: (filters) => JSON.stringify(filters) },
  sort: { param: 'sort', read: (text) => (text === nothing ? '' : text), write: (sort) => sort || nothing },
  group_by: named('group'),
  date_field: named('date'),
  pipeline_id: named('pipeline'),
}

const parts = Object.keys(codecs) as Part[]

function readColumn(text: string): ViewColumn {
  const [field = '', width] = text.split(':')
  return /^\d{2,4}$/.test(width ?? '') ? { field, width: Number(width) } : { field }
}

export function arrangementIn(params: URLSearchParams, base: Arrangement): Arrangement {
  const read = <P extends Part>(part: P): Arrangement[P] => {
    const { param, read: readPart } = codecs[part]
    const text = params.get(param)
    return text === null ? base[part] : readPart(text)
  }
  return Object.fromEntries(parts.map((part) => [part, read(part)])) as Arrangement
}

/** The parts in which the address differs from what it starts from. */
export const changedParts = (params: URLSearchParams): Part[] =>
  parts.filter((part) => params.has(codecs[part].param))

/** The address with one part changed; what is as saved is not said. */
export function withPart<P extends Part>(
  params: URLSearchParams,
  base: Arrangement,
  part: P,
  value: Arrangement[P],
): URLSearchParams {
  const { param, write } = codecs[part]
  const next = new URLSearchParams(params)
  const text = write(value)
  if (text === write(base[part])) next.delete(param)
  else next.set(param, text)
  return next
}

export function withoutChanges(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const part of parts) next.delete(codecs[part].param)
  return next
}

/** The parts as a saved view keeps them. */
export function savedParts({ filters, sort, columns, ...others }: Arrangement) {
  return {
    ...others,
    columns: [...columns],
    filter: (toFilter(filters) ?? null) as Record<string, unknown> | null,
    sort: sort || null,
  }
}
