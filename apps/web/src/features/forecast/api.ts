import type { QueryInput, Operations } from '@rapport/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'

export const forecastKey = 'forecast'
/** Everything else that is added up from records. */
export const figuresKey = 'figures'

type Query<Name extends keyof Operations['forecast']> = QueryInput<Operations['forecast'][Name]>

export const forecastQuery = (query: Query<'get'>) =>
  queryOptions({
    queryKey: [forecastKey, 'months', query],
    queryFn: ({ signal }) => rapport.forecast.get({ query, signal }),
    placeholderData: keepPreviousData,
  })

export const forecastChangesQuery = (query: Query<'changes'>) =>
  queryOptions({
    queryKey: [forecastKey, 'changes', query],
    queryFn: ({ signal }) => rapport.forecast.changes({ query, signal }),
    placeholderData: keepPreviousData,
  })
