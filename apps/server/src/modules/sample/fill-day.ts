/** What the owner of the sample organization has to do today: whom to call or write to, and a few tasks. */
import type { FollowUpChannel } from '@rapport/contracts'
import type { Alarms } from '../../platform/alarms.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { followedKinds, planFollowUp } from '../follow-ups/index.ts'
import { insertRecords } from '../records/index.ts'
import { defineTasks } from '../tasks/index.ts'

const minute_ms = 60_000
const day_min = 24 * 60

/** Minutes from now, how, and what about. */
const followUps: readonly [number, FollowUpChannel, string | null][] = [
  [-2 * day_min, 'call', 'Ask whether the second office wants to see it, too'],
  [-90, 'whatsapp', null],
  [-20, 'call', 'Prefers mornings'],
  [45, 'email', 'Send the price list of this year'],
  [150, 'call', null],
  [day_min + 30, 'meeting', 'Bring the samples of both weights'],
  [2 * day_min, 'call', 'Decides together with the buyer'],
  [4 * day_min, 'whatsapp', null],
]
const tasks = [
  { title: 'Prepare the quote for Cedro Foods', due: -60, priority: 'urgent' },
  { title: 'Send the minutes of the kick-off', due: 240, priority: 'high' },
  {
    title: 'Go through the open deals of the week',
    due: day_min,
    priority: 'normal',
    recurrence: 'FREQ=WEEKLY',
  },
  { title: 'Renew the stand at the trade fair', due: 6 * day_min, priority: 'low' },
] as const

/** @param leads of the owner, as many as there are follow-ups or more */
export async function fillDay(ctx: Ctx, alarms: Alarms, leads: readonly { id: string }[]): Promise<void> {
  const at = (minutes: number) => new Date(Date.now() + minutes * minute_ms).toISOString()
  for (const [place, [minutes, channel, note]] of followUps.entries()) {
    const lead = leads[place]
    if (lead)
      await planFollowUp(ctx, alarms, followedKinds.lead, lead.id, { due_at: at(minutes), channel, note })
  }
  await insertRecords(
    ctx,
    defineTasks(alarms),
    tasks.map(({ due, ...task }, place) => {
      const about = leads[place]
      const links = about ? [{ object: 'lead', id: about.id }] : []
      return { given: { ...task, due_at: at(due), owner_id: ctx.actor.user_id, links } }
    }),
  )
}
