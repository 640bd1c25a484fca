/** When a member last had a record open: one small row, written when it is opened and read by nobody else. */
import type { RecordRef } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { dropOwnRows } from '../../platform/personal-data/index.ts'
import { readPlace } from '../records/index.ts'

/** Looks that follow each other within this time are one visit: loading a page again makes nothing old. */
const visit_minutes = 30

/** Answers when the visit before ended; null for the first one, and for whoever is no member. */
export async function visitRecord(ctx: Ctx, { object, id }: RecordRef): Promise<string | null> {
  const { tx, actor } = ctx
  await readPlace(ctx, { object, id }, 'record.object')
  if (actor.kind !== 'user') return null
  const { rows } = await sql<{ previous_at: string | null }>`
    INSERT INTO record_visits AS v (organization_id, user_id, object, record_id)
    VALUES (${actor.organization_id}::uuid, ${actor.user_id}::uuid, ${object}, ${id}::uuid)
    ON CONFLICT (organization_id, user_id, object, record_id) DO UPDATE SET visited_at = now(),
      previous_at = CASE WHEN v.visited_at < now() - make_interval(mins => ${visit_minutes}) THEN v.visited_at ELSE v.previous_at END
    RETURNING v.previous_at`.execute(tx)
  return rows[0]?.previous_at ?? null
}

/** Of records that are deleted for good. */
export async function dropVisits(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  record_ids: readonly string[],
): Promise<void> {
  await sql`
    DELETE FROM record_visits WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
}

/** Of somebody who deleted their account. */
export const forgetVisitor = (ctx: Pick<Ctx, 'tx' | 'actor'>, user_id: string) =>
  dropOwnRows(ctx, ['record_visits'], user_id)
