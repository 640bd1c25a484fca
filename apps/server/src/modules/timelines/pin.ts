/** Who may change a record says what stands on top of its timeline. */
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findActivity, pinActivity } from '../activities/index.ts'
import { lockPlace } from '../records/index.ts'

type Pinned = { id: string; pinned_at: string | null }

export async function setPinned(ctx: Ctx, id: string, pinned: boolean): Promise<Pinned> {
  const found = await findActivity(ctx, id)
  if (!found) throw notFound('activity', id)
  const { object, record_id, type } = found
  const { owner_id, version, title } = await lockPlace(ctx, { object, id: record_id })
  if ((found.pinned_at !== null) === pinned) return { id, pinned_at: found.pinned_at }
  const pinned_at = await pinActivity(ctx, id, pinned)
  ctx.emit({
    type: pinned ? 'activity.pinned' : 'activity.unpinned',
    record: { object, id: record_id, version, name: title },
    owner_id,
    changes: { before: { pinned: !pinned }, after: { pinned } },
    data: { activity_id: id, activity_type: type },
  })
  return { id, pinned_at }
}
