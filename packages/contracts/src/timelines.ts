/** What one does with a timeline beside reading it, whatever the record is. */
import { z } from 'zod'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id, IdParams, Timestamp } from './shared.ts'

/** A time in which a record belonged to somebody, or to nobody. */
export const Ownership = z.object({
  owner_id: Id.nullable(),
  from: Timestamp,
  to: Timestamp.nullable().describe('Null for whose it is now'),
  by: z.object({ id: Id.nullable(), name: z.string() }).nullable().describe('Who gave it'),
  rule: z.string().nullable().describe('The rule of assignment that chose, as it was called then'),
})
export type Ownership = z.infer<typeof Ownership>

export const timelines = {
  owners: operation({
    method: 'GET',
    path: '/crm/owner-history',
    problems: [404],
    summary:
      'Who a record has belonged to from when to when, the newest first; nothing where you do not see owners',
    query: RecordRef,
    reply: z.object({ items: z.array(Ownership), next_cursor: z.null() }),
  }),
  pin: operation({
    method: 'PATCH',
    path: '/crm/activities/{id}',
    summary: 'Put an activity on top of the timeline of its record, or take it down',
    params: IdParams,
    body: z.strictObject({ pinned: z.boolean() }),
    reply: z.object({ id: Id, pinned_at: Timestamp.nullable() }),
  }),
  visit: operation({
    method: 'PUT',
    path: '/crm/visits',
    problems: [404],
    summary: 'Tell that you look at a record; looks within half an hour are one visit',
    body: z.strictObject({ record: RecordRef }),
    reply: z.object({ previous_at: Timestamp.nullable().describe('When the visit before ended') }),
  }),
}
