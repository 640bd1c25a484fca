/** Reminders: each goes out once, in the transaction that marks it. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { followedKinds } from './followed.ts'
import { followUpColumns, type FollowUpRow } from './repository.ts'

/** The name of the alarm. */
export const reminder = 'follow_ups.reminder'
const batchSize = 200

/** Answers when the next one is due, at once while there are more. */
export async function remind(ctx: Ctx): Promise<string | null> {
  const due = await takeDue(ctx)
  for (const row of due) await tell(ctx, row)
  return nextDue(ctx)
}

async function takeDue({ tx, actor }: Ctx): Promise<FollowUpRow[]> {
  const { rows } = await sql<FollowUpRow>`
    WITH due AS (
      SELECT d.id FROM follow_ups d
      WHERE d.organization_id = ${actor.organization_id}::uuid AND d.status = 'open' AND d.reminded_at IS NULL AND d.due_at <= now()
      ORDER BY d.due_at LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE follow_ups f SET reminded_at = now() FROM due
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.id = due.id RETURNING ${followUpColumns}`.execute(
    tx,
  )
  return rows
}

/** What is in the trash is reminded of no more. */
async function tell({ tx, actor, emit }: Ctx, row: FollowUpRow): Promise<void> {
  const { records } = followedKinds[row.object]
  const { rows } = await sql<{ owner_id: string | null; version: number; title: string }>`
    SELECT r.owner_id, r.version, ${sql.ref(`r.${records.title}`)} AS title FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${row.record_id}::uuid AND r.deleted_at IS NULL`.execute(
    tx,
  )
  const [record] = rows
  if (!record) return
  const { id, number, channel, due_at, owner_id } = row
  emit({
    type: 'follow_up.due',
    record: { object: row.object, id: row.record_id, version: record.version, name: record.title },
    owner_id: record.owner_id,
    data: { follow_up_id: id, number, channel, due_at, assignee_id: owner_id },
    unaudited: true,
  })
}

async function nextDue({ tx, actor }: Ctx): Promise<string | null> {
  const { rows } = await sql<{ due_at: string | null }>`
    SELECT min(f.due_at) AS due_at FROM follow_ups f
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.status = 'open' AND f.reminded_at IS NULL`.execute(
    tx,
  )
  return rows[0]?.due_at ?? null
}
