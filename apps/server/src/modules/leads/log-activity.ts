import type { Activity, NewActivity } from '@rapport/contracts'
import type { z } from 'zod'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { refuseTrashed, requireTouchable } from './access.ts'
import { lockLead } from './repository.ts'

/** A note, call, e-mail, meeting or message that a person tells of. */
export async function logActivity(
  ctx: Ctx,
  id: string,
  { type, body, occurred_at }: z.output<typeof NewActivity>,
): Promise<Activity> {
  const lead = requireTouchable(ctx.actor, 'leads:update', await lockLead(ctx, id), id)
  refuseTrashed(lead)
  const time = occurred_at === undefined ? {} : { occurred_at }
  const [activity] = await writeActivities(ctx, [{ object: 'lead', record_id: id, type, body, ...time }])
  if (!activity) throw new Error('The activity was not written.')
  ctx.emit({
    type: 'activity.logged',
    record: { object: 'lead', id, version: lead.version, name: lead.full_name },
    changes: { after: { type, body: activity.body, occurred_at: activity.occurred_at } },
    owner_id: lead.owner_id,
    data: { activity_id: activity.id, activity_type: type },
  })
  return activity
}
