/** Who is told of what happens to a record: its owner, who had a part in it, and who asked for it; but not who will not. */
import type { Following, RapportEvent, RecordRef } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { readPlace } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export async function readFollowing(ctx: Context, { object, id }: RecordRef): Promise<Following> {
  const { tx, actor } = ctx
  const place = await readPlace(ctx, { object, id }, 'query.object')
  const { rows } = await sql<{ following: boolean; chosen: boolean }>`
    SELECT following, chosen FROM record_followers
    WHERE organization_id = ${actor.organization_id}::uuid AND record_id = ${id}::uuid AND object = ${object}
      AND user_id = ${actor.user_id}::uuid`.execute(tx)
  const [row] = rows
  if (row && !row.following) return { following: false, reason: null }
  if (place.owner_id !== null && place.owner_id === actor.user_id) return { following: true, reason: 'owner' }
  if (!row) return { following: false, reason: null }
  return { following: true, reason: row.chosen ? 'chosen' : 'took_part' }
}

export async function follow(ctx: Ctx, { object, id }: RecordRef, following: boolean): Promise<Following> {
  const { tx, actor } = ctx
  await readPlace(ctx, { object, id }, 'record.object')
  await sql`
    INSERT INTO record_followers (organization_id, user_id, object, record_id, following, chosen)
    VALUES (${actor.organization_id}::uuid, ${actor.user_id}::uuid, ${object}, ${id}::uuid, ${following}, true)
    ON CONFLICT (organization_id, record_id, object, user_id) DO UPDATE SET following = excluded.following, chosen = true`.execute(
    tx,
  )
  return readFollowing(ctx, { object, id })
}

/** Whoever writes a note on a record or plans a follow-up there wants to know how it goes on. */
export const taking = ['note.created', 'follow_up.created'] as const

export async function takePart({ tx, actor }: Context, events: readonly RapportEvent[]): Promise<void> {
  const parts = events.flatMap(({ type, record, actor: by }) =>
    (taking as readonly string[]).includes(type) && by.id !== null
      ? [{ user_id: by.id, object: record.object, record_id: record.id }]
      : [],
  )
  if (parts.length === 0) return
  await sql`
    INSERT INTO record_followers (organization_id, user_id, object, record_id, following, chosen)
    SELECT DISTINCT ${actor.organization_id}::uuid, p.user_id, p.object, p.record_id, true, false
    FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS p (user_id uuid, object text, record_id uuid)
    JOIN users u ON u.id = p.user_id
    ON CONFLICT DO NOTHING`.execute(tx)
}
