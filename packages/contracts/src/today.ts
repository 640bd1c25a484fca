/** What a person's day holds, in their own time zone. */
import { z } from 'zod'
import { Cadence, DueFollowUp } from './follow-ups.ts'
import { operation } from './operation.ts'
import { Id } from './shared.ts'

const group = z.object({
  follow_ups: z.array(DueFollowUp),
  total: z.int().describe('How many there are; the first two hundred are told'),
})
export const Today = z.object({
  day: z.iso.date(),
  time_zone: z.string(),
  overdue: group.describe('Due before now'),
  due: group.describe('Due later this day'),
  upcoming: group.describe('Due in the seven days after this one'),
  done: z.int().describe('How many follow-ups were done this day'),
  cadence: Cadence,
})
export type Today = z.infer<typeof Today>

export const today = {
  get: operation({
    method: 'GET',
    path: '/crm/today',
    summary: 'What is overdue, due today and coming up, by your time zone: yours, or that of another member',
    query: z.strictObject({ owner_id: z.union([Id, z.literal('me')]).default('me') }),
    reply: Today,
  }),
}
