/** Why business is lost: what an organization offers to choose from. A reason in one's own words is always possible. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { line } from './shared.ts'

export const LostReasons = z.strictObject({
  reasons: z
    .array(line(120))
    .max(50)
    .transform((reasons) => [...new Set(reasons)])
    .describe('In the order in which they are offered'),
})
export type LostReasons = z.infer<typeof LostReasons>

export const lostReasons = {
  get: operation({
    method: 'GET',
    path: '/crm/lost-reasons',
    summary: 'What is offered as the reason of a loss',
    reply: LostReasons,
  }),
  set: operation({
    method: 'PUT',
    path: '/crm/lost-reasons',
    summary: 'Set what is offered as the reason of a loss; records keep the reasons that they have',
    body: LostReasons,
    reply: LostReasons,
  }),
}
