import { z } from 'zod'
import { PageQuery } from './lists.ts'
import { Id, page, Timestamp } from './shared.ts'

export const activityTypes = [
  'created',
  'updated',
  'stage_changed',
  'deleted',
  'restored',
  'linked',
  'unlinked',
  'converted',
  'conversion_undone',
  'merged',
  'merge_undone',
  'follow_up',
  'task',
  'assigned',
  'attachment',
  'note',
  'call',
  'email',
  'meeting',
  'message',
] as const
/** The activities a person logs; the others are written by the system when something happens. */
export const loggableActivityTypes = ['note', 'call', 'email', 'meeting', 'message'] as const

/** One fact on a timeline. `data` holds what the type needs: changes {field: [before, after]}, a body. */
export const Activity = z.object({
  id: Id,
  record: z.object({ object: z.string(), id: Id }),
  type: z.enum(activityTypes),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  body: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  occurred_at: Timestamp,
  created_at: Timestamp,
  pinned_at: Timestamp.nullable().describe('Since when it stands on top of its timeline'),
})
export type Activity = z.infer<typeof Activity>

export const NewActivity = z.strictObject({
  type: z.enum(loggableActivityTypes),
  body: z.string().trim().min(1).max(20_000),
  occurred_at: z.iso.datetime().optional(),
})

export const TimelineQuery = PageQuery.extend({
  types: z.string().max(400).optional().describe('Only these types, as note,call'),
  related: z
    .literal('true')
    .optional()
    .describe('With what is told of related records, as of the people and deals of a company'),
})
export type TimelineQuery = z.output<typeof TimelineQuery>

export const Timeline = page(Activity).extend({
  /** On top of the first page, the latest pinned first; they stand in their place among the items, too. */
  pinned: z.array(Activity),
})
export type Timeline = z.infer<typeof Timeline>
