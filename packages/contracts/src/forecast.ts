/** What deals are expected to bring, month by month, and why that is not what it was. */
import { z } from 'zod'
import { DealStatus, ForecastCategory } from './deals.ts'
import { forecastSums } from './forecast-filters.ts'
import { operation } from './operation.ts'
import { Id, Timestamp } from './shared.ts'

export const Month = z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'must be a month as 2026-02')
export const mostMonths = 36

export const forecastGroupings = ['none', 'owner', 'team', 'pipeline'] as const

const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))

const isSpan = ({ from, to }: { from: string; to: string }) =>
  number(to) >= number(from) && number(to) - number(from) < mostMonths
const noSpan = {
  path: ['to'],
  message: `must not be before from, nor more than ${mostMonths} months after it`,
}

const about = {
  from: Month.describe('The first month, in the time zone of the caller'),
  to: Month.describe(`The last month; at most ${mostMonths} are told`),
  pipeline_id: Id.optional(),
  owner_id: z
    .union([Id, z.literal('me'), z.literal('nobody')])
    .optional()
    .describe('Deals of one member'),
  team_id: Id.optional().describe('Deals of the members of a team'),
}

export const ForecastQuery = z
  .strictObject({ ...about, group_by: z.enum(forecastGroupings).default('none') })
  .refine(isSpan, noSpan)
export type ForecastQuery = z.output<typeof ForecastQuery>

const Sum = z.object({ count: z.int(), value: z.number() })

export const ForecastFigures = z.object({
  /** Won deals, by when they were closed. */
  won: Sum,
  /** Open deals by their expected close and category; `open` is the three together, what is omitted left out. */
  committed: Sum,
  best_case: Sum,
  pipeline: Sum,
  open: Sum,
  /** The open deals, each times its probability. */
  weighted: z.number(),
  /** What is to be won: of the organization, or of the member or team that the row is about. Null where none is set, or told. */
  goal: z.number().nullable(),
  /** What is missing from it after what is won and committed; negative when there is more. */
  gap: z.number().nullable(),
})
export type ForecastFigures = z.infer<typeof ForecastFigures>

const row = {
  currency: z.string(),
  /** In the order of `months`. */
  months: z.array(ForecastFigures),
  total: ForecastFigures,
}
export const ForecastRow = z.object(row)
export type ForecastRow = z.infer<typeof ForecastRow>

export const ForecastGroup = z.object({
  /** Null is for the deals of nobody, or of members without a team. */
  id: Id.nullable(),
  name: z.string().nullable(),
  /** Whose deals are in it, when grouped by team. */
  member_ids: z.array(Id.nullable()).nullable(),
  ...row,
})
export type ForecastGroup = z.infer<typeof ForecastGroup>

export const Forecast = z.object({
  time_zone: z.string(),
  months: z.array(Month),
  /** Each currency by itself, the organization's own first. */
  totals: z.array(ForecastRow),
  /** Without those that have nothing; a member of two teams counts in both. */
  groups: z.array(ForecastGroup),
  /** Open deals of which nobody says when they close. */
  undated: z.array(z.object({ currency: z.string(), count: z.int(), value: z.number() })),
})
export type Forecast = z.infer<typeof Forecast>

export const forecastMeasures = [...forecastSums, 'weighted'] as const
export type ForecastMeasure = (typeof forecastMeasures)[number]

/** Why a deal counts for more or less than before; the first that applies. */
export const changeReasons = [
  'new',
  'deleted',
  'restored',
  'won',
  'lost',
  'reopened',
  'pipeline',
  'owner',
  'currency',
  'pushed_out',
  'pulled_in',
  'stage',
  'category',
  'value_up',
  'value_down',
  'probability',
] as const
export const ChangeReason = z.enum(changeReasons)
export type ChangeReason = z.infer<typeof ChangeReason>

const DealState = z.object({
  status: DealStatus,
  stage_id: Id,
  owner_id: Id.nullable(),
  value: z.number().nullable(),
  currency: z.string(),
  probability: z.int(),
  category: ForecastCategory,
  expected_close: z.iso.date().nullable(),
  closed_at: Timestamp.nullable(),
})

export const ForecastChanges = z.object({
  since: Timestamp,
  measure: z.enum(forecastMeasures),
  sums: z.array(
    z.object({
      currency: z.string(),
      before: z.number(),
      after: z.number(),
      change: z.number(),
      /** Together they are the change. */
      reasons: z.array(z.object({ reason: ChangeReason, count: z.int(), change: z.number() })),
    }),
  ),
  /** The largest first. */
  items: z.array(
    z.object({
      deal: z.object({ id: Id, name: z.string() }),
      currency: z.string(),
      reason: ChangeReason,
      before: z.number(),
      after: z.number(),
      change: z.number(),
      /** Null of a deal that was not there. */
      was: DealState.nullable(),
      is: DealState,
    }),
  ),
  /** How many there are in all. */
  total: z.int(),
})
export type ForecastChanges = z.infer<typeof ForecastChanges>
export type ForecastChange = ForecastChanges['items'][number]

export const mostChanges = 200

export const ForecastChangesQuery = z
  .strictObject({
    ...about,
    since: z.iso.datetime({ offset: true }).describe('Compared with what was counted then'),
    measure: z.enum(forecastMeasures).default('open'),
    limit: z.coerce.number().int().min(1).max(mostChanges).default(50).describe('Deals told one by one'),
  })
  .refine(isSpan, noSpan)
export type ForecastChangesQuery = z.output<typeof ForecastChangesQuery>

export const forecast = {
  get: operation({
    method: 'GET',
    path: '/analytics/forecast',
    problems: [403],
    summary: 'What deals are expected to bring, by month: committed, best case, weighted and won',
    query: ForecastQuery,
    reply: Forecast,
  }),
  changes: operation({
    method: 'GET',
    path: '/analytics/forecast/changes',
    problems: [403],
    summary: 'Why the forecast is not what it was, deal by deal',
    query: ForecastChangesQuery,
    reply: ForecastChanges,
  }),
}
