/** Which deals stand behind a figure of the forecast, as a filter of their list. */
import { forecastCategories } from './deal-fields.ts'
import type { ForecastCategory } from './deals.ts'
import type { Filter, FilterOperator } from './lists.ts'
import type { Pipeline, Stage } from './pipelines.ts'

type Told = Pick<Stage, 'probability' | 'forecast_category'>

/** What an open deal without a category of its own counts as in the stage. The same as forecast_category() in SQL. */
export function forecastCategoryOf({ forecast_category, probability }: Told): ForecastCategory {
  if (forecast_category !== null) return forecast_category
  if (probability >= 90) return 'committed'
  if (probability >= 50) return 'best_case'
  return probability > 0 ? 'pipeline' : 'omitted'
}

/** The first and the last day of a month as 2026-02. */
export function daysOfMonth(month: string): [string, string] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return [`${month}-01`, `${month}-${String(last).padStart(2, '0')}`]
}

/** Figures that are sums of the values of deals; the weighted one is of the deals in `open`. */
export const forecastSums = ['won', 'committed', 'best_case', 'pipeline', 'open'] as const
export type ForecastSum = (typeof forecastSums)[number]

export type ForecastCell = {
  sum: ForecastSum
  /** From and to, both included, as 2026-02. */
  from: string
  to: string
  currency: string
  pipeline_id?: string | null | undefined
  /** Whose deals; null among them stands for those of nobody. Everybody's unless told. */
  owner_ids?: readonly (string | null)[] | undefined
}

const condition = (field: string, op: FilterOperator, value?: unknown): Filter =>
  value === undefined ? { field, op } : { field, op, value }

/** @param pipelines those that the caller may read: stages say what their deals count as. */
export function forecastFilters(cell: ForecastCell, pipelines: readonly Pipeline[]): Filter[] {
  const days = [daysOfMonth(cell.from)[0], daysOfMonth(cell.to)[1]]
  const won = cell.sum === 'won'
  return [
    condition('status', 'eq', won ? 'won' : 'open'),
    condition(won ? 'closed_at' : 'expected_close', 'between', days),
    ...(won ? [] : [categoryFilter(countedIn(cell.sum), pipelines)]),
    condition('currency', 'eq', cell.currency),
    ...(cell.pipeline_id ? [condition('pipeline_id', 'eq', cell.pipeline_id)] : []),
    ...(cell.owner_ids ? [ownersFilter(cell.owner_ids)] : []),
  ]
}

const countedIn = (sum: ForecastSum): readonly ForecastCategory[] =>
  forecastCategories.filter((category) => (sum === 'open' ? category !== 'omitted' : category === sum))

/** Its own category, or that of its stage where it has none. */
function categoryFilter(categories: readonly ForecastCategory[], pipelines: readonly Pipeline[]): Filter {
  const own = condition('forecast_category', 'in', categories)
  const stages = pipelines
    .filter(({ object }) => object === 'deal')
    .flatMap((pipeline) => pipeline.stages)
    .filter((stage) => categories.includes(forecastCategoryOf(stage)))
  if (stages.length === 0) return own
  const byStage = condition(
    'stage_id',
    'in',
    stages.map(({ id }) => id),
  )
  return { or: [own, { and: [condition('forecast_category', 'is_empty'), byStage] }] }
}

function ownersFilter(owners: readonly (string | null)[]): Filter {
  const ids = owners.filter((id) => id !== null)
  const some = ids.length > 0 ? [condition('owner_id', 'in', ids)] : []
  const nobody = owners.includes(null) ? [condition('owner_id', 'is_empty')] : []
  const all = [...some, ...nobody]
  return all.length === 1 && all[0] ? all[0] : { or: all }
}
