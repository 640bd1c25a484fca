/** What the organization, a team or a member wants to come to within a month, a quarter or a year. */
import { z } from 'zod'
import { fitsCurrency, isCurrency } from './money.ts'
import { operation } from './operation.ts'
import { Currency, Id, IdParams, Timestamp, Version } from './shared.ts'

/** What can be aimed at; money is in a currency of its own. */
export const goalMetrics = {
  won_value: 'money',
  won_deals: 'count',
  new_deals: 'count',
  new_leads: 'count',
  follow_ups_done: 'count',
  activities: 'count',
} as const
export type GoalMetric = keyof typeof goalMetrics
export const goalMetricNames = Object.keys(goalMetrics) as [GoalMetric, ...GoalMetric[]]

export const goalPeriods = ['month', 'quarter', 'year'] as const
export type GoalPeriod = (typeof goalPeriods)[number]

const months: Record<GoalPeriod, number> = { month: 1, quarter: 3, year: 12 }
const dayText = (year: number, month: number) => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)

/** The first day of the period that the day lies in, and of the one after it. */
export function goalSpan(period: GoalPeriod, day: string): { starts_on: string; ends_before: string } {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const first = Math.floor((month - 1) / months[period]) * months[period]
  return { starts_on: dayText(year, first), ends_before: dayText(year, first + months[period]) }
}

const target = z.number().positive().max(100_000_000_000)

export const NewGoal = z
  .strictObject({
    user_id: Id.nullish().describe('Of this member'),
    team_id: Id.nullish().describe('Of this team; without member and team it is of the organization'),
    metric: z.enum(goalMetricNames),
    period: z.enum(goalPeriods),
    starts_on: z.iso.date().describe('Any day of the period; its first one is kept'),
    target,
    currency: Currency.optional().describe('Of money; that of the organization unless given'),
  })
  .refine(({ user_id, team_id }) => !user_id || !team_id, {
    path: ['team_id'],
    message: 'must be left out of the goal of a member',
  })
  .refine(
    ({ metric, target: value, currency }) =>
      goalMetrics[metric] === 'count'
        ? Number.isInteger(value)
        : currency === undefined || !isCurrency(currency) || fitsCurrency(value, currency),
    { path: ['target'], message: 'has too many decimals' },
  )
export type NewGoal = z.output<typeof NewGoal>

export const GoalChange = z.strictObject({ target, version: Version.optional() })

export const Goal = z.object({
  id: Id,
  user_id: Id.nullable(),
  team_id: Id.nullable(),
  /** Of the member or the team; null for the organization. */
  name: z.string().nullable(),
  metric: z.enum(goalMetricNames),
  period: z.enum(goalPeriods),
  starts_on: z.iso.date(),
  /** The first day that does not count any more. */
  ends_before: z.iso.date(),
  target: z.number(),
  currency: z.string().nullable(),
  /** What it has come to: counted anew each time, never kept. */
  reached: z.number(),
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Goal = z.infer<typeof Goal>

export const mostGoals = 500

export const goals = {
  list: operation({
    method: 'GET',
    path: '/analytics/goals',
    summary: 'Goals with what they have come to, as far as the caller may see all that counts for them',
    query: z.strictObject({
      from: z.iso.date().optional().describe('Those that end after this day; the present ones unless given'),
      to: z.iso.date().optional().describe('Those that begin on this day or before'),
      user_id: z.union([Id, z.literal('me')]).optional(),
      metric: z.enum(goalMetricNames).optional(),
    }),
    reply: z.object({ items: z.array(Goal), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/analytics/goals',
    problems: [403, 409],
    summary: 'Set a goal for the organization, a team or a member',
    body: NewGoal,
    status: 201,
    reply: Goal,
  }),
  update: operation({
    method: 'PATCH',
    path: '/analytics/goals/{id}',
    summary: 'Change what a goal aims at; the version may also come as If-Match',
    params: IdParams,
    body: GoalChange,
    reply: Goal,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/analytics/goals/{id}',
    summary: 'Delete a goal',
    params: IdParams,
    status: 204,
  }),
}
