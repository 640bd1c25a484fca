import type { Activity, NewActivity } from '@rapport/contracts'
import type { z } from 'zod'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { refuseTrashed, requireTouchable } from './access.ts'
import { titleOf, type BaseRow, type RecordDefinition } from './definition.ts'
import { lockRow } from './repository.ts'

/** A note, call, e-mail, meeting or message that a person tells of. */
export async function logActivity<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  { type, body, occurred_at }: z.output<typeof NewActivity>,
): Promise<Activity> {
  const { object, permissions } = definition.records
  const found = await lockRow(ctx, definition, id)
  const row = requireTouchable(ctx.actor, definition, permissions.update, found, id)
  refuseTrashed(definition, row)
  const time = occurred_at === undefined ? {} : { occurred_at }
  const [activity] = await writeActivities(ctx, [{ object, record_id: id, type, body, ...time }])
  if (!activity) throw new Error('The activity was not written.')
  ctx.emit({
    type: 'activity.logged',
    record: { object, id, version: row.version, name: titleOf(definition.records, row) },
    changes: { after: { type, body: activity.body, occurred_at: activity.occurred_at } },
    owner_id: row.owner_id,
    data: { activity_id: activity.id, activity_type: type },
  })
  return activity
}
