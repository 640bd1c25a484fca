/** Figures of a span of time beside those of the one before, and what happened. */
import { z } from 'zod'
import { figureNames } from './dashboards.ts'
import { operation } from './operation.ts'
import { Id, Timestamp } from './shared.ts'
import { loggableActivityTypes } from './activities.ts'

export const figurePeriods = ['month', 'quarter', 'year'] as const

export const Figure = z.object({
  name: z.enum(figureNames),
  unit: z.enum(['money', 'count', 'percent', 'days']),
  /** Of money each currency by itself, that of the organization first. `before` is what it was as far into the span before. */
  values: z.array(
    z.object({
      currency: z.string().nullable(),
      value: z.number().nullable(),
      before: z.number().nullable(),
    }),
  ),
})
export type Figure = z.infer<typeof Figure>

export const RecentEvent = z.object({
  id: Id,
  type: z.string(),
  record: z.object({ object: z.string(), id: Id, title: z.string() }),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  /** Of a logged activity. */
  activity_type: z.enum(loggableActivityTypes).nullable(),
  occurred_at: Timestamp,
})
export type RecentEvent = z.infer<typeof RecentEvent>

const owner_id = z.union([Id, z.literal('me')]).optional()

export const figures = {
  list: operation({
    method: 'GET',
    path: '/analytics/figures',
    summary:
      'Figures since the month, quarter or year began, beside what they were as far into the one before',
    query: z.strictObject({
      names: z
        .string()
        .max(400)
        .transform((text) => text.split(','))
        .pipe(z.array(z.enum(figureNames)).min(1).max(figureNames.length))
        .describe('One or more, with commas: won_value,new_leads'),
      period: z.enum(figurePeriods).default('month'),
      owner_id: owner_id.describe('Of one member; of all whom the caller may know of unless given'),
    }),
    reply: z.object({
      from: Timestamp,
      /** Without the figures that the caller's role does not see. */
      items: z.array(Figure),
      next_cursor: z.null(),
    }),
  }),
  activity: operation({
    method: 'GET',
    path: '/analytics/activity',
    summary: 'How many calls, messages, meetings, e-mails and notes were logged, day by day',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(92).default(14), owner_id }),
    reply: z.object({
      items: z.array(
        z.object({ day: z.iso.date(), counts: z.record(z.enum(loggableActivityTypes), z.int()) }),
      ),
      next_cursor: z.null(),
    }),
  }),
  recent: operation({
    method: 'GET',
    path: '/analytics/recent',
    summary: 'What happened to records that the caller may read, the newest first',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
    reply: z.object({ items: z.array(RecentEvent), next_cursor: z.null() }),
  }),
}
