/** Takes records away for good, with everything that only they had: no row elsewhere is left to lead to nothing. */
import { sql } from 'kysely'
import { recordsOf } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { dropActivities } from '../activities/index.ts'
import { dropAttachments } from '../attachments/index.ts'
import { dropConversations } from '../chat/index.ts'
import { forgetValuesOf } from '../custom-fields/index.ts'
import { dropFollowUps } from '../follow-ups/index.ts'
import { dropNotes } from '../notes/index.ts'
import { dropNotifications } from '../notifications/index.ts'
import { dropTags } from '../tags/index.ts'
import { dropTaskLinks } from '../tasks/index.ts'
import { dropVisits } from '../timelines/index.ts'

/** What refers to them by a key of its own goes with them, or is set free, by that key. */
export async function purgeRecords(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  ids: readonly string[],
): Promise<void> {
  await forgetValuesOf(ctx, ids)
  await dropTags(ctx, object, ids)
  await dropFollowUps(ctx, object, ids)
  await dropAttachments(ctx, object, ids)
  await dropNotes(ctx, object, ids)
  await dropConversations(ctx, object, ids)
  await dropTaskLinks(ctx, object, ids)
  await dropActivities(ctx, object, ids)
  await dropVisits(ctx, object, ids)
  await dropNotifications(ctx, object, ids)
  await sql`
    DELETE FROM ${sql.table(recordsOf(object).table)}
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(ctx.tx)
}
