/** What one does with a timeline beside reading it, whatever the record is. */
import { z } from 'zod'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id, IdParams, Timestamp } from './shared.ts'

export const timelines = {
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
