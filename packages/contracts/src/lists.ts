import { z } from 'zod'

/**
 * How every list is asked for. The filter is a small tree of conditions; which fields, operators and
 * values it may hold is decided by the object's description, and a wrong one is a 422 that names it.
 */
export const filterOperators = [
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'starts_with',
  'is_empty',
  'is_not_empty',
  'has_any',
  'has_all',
  'within',
] as const
export type FilterOperator = (typeof filterOperators)[number]

export type FilterCondition = { field: string; op: FilterOperator; value?: unknown }
export type Filter = FilterCondition | { and: Filter[] } | { or: Filter[] } | { not: Filter }

export const relativeDates = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_year',
  'last_year',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'next_7_days',
  'next_30_days',
  'before_today',
] as const
export type RelativeDate = (typeof relativeDates)[number]

export const maxFilterDepth = 6
export const maxFilterConditions = 50

const limit = z.coerce.number().int().min(1).max(200).default(50)

/** Query parameters shared by all record lists. */
export const ListQuery = z.strictObject({
  limit: limit.describe('Rows in a page, at most 200'),
  cursor: z.string().max(2000).optional().describe('Opaque; from next_cursor of the page before'),
  sort: z
    .string()
    .max(200)
    .optional()
    .describe('Comma-separated fields, - for descending: -created_at,full_name'),
  filter: z
    .string()
    .max(20_000)
    .optional()
    .describe('JSON: {"and":[{"field":"status","op":"in","value":["new"]}]}'),
  q: z.string().max(200).optional().describe('Search text'),
  fields: z.string().max(1000).optional().describe('Comma-separated fields to answer with'),
  include: z
    .string()
    .max(200)
    .optional()
    .describe('Comma-separated relations to answer with: company adds {id, name}, and so does custom.car'),
  count: z.enum(['exact', 'estimate']).optional(),
  trashed: z.enum(['true', 'false']).default('false').describe('List the trash instead of the live records'),
})
export type ListQuery = z.output<typeof ListQuery>

export const IncludeQuery = ListQuery.pick({ include: true })
export const PageQuery = ListQuery.pick({ limit: true, cursor: true })
