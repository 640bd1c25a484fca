/** Reminders of what is due: each goes out once, in the transaction that marks it. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

/** The name of the alarm. */
export const reminder = 'tasks.reminder'
const batchSize = 200

/** Answers when the next one is due, at once while there are more. */
export async function remind(ctx: Ctx): Promise<string | null> {
  for (const task of await takeDue(ctx)) tell(ctx, task)
  return nextDue(ctx)
}

type DueTask = {
  id: string
  title: string
  due_at: string
  owner_id: string | null
  version: number
  deleted_at: string | null
}

async function takeDue({ tx, actor }: Ctx): Promise<DueTask[]> {
  const { rows } = await sql<DueTask>`
    WITH due AS (
      SELECT d.id FROM tasks d
      WHERE d.organization_id = ${actor.organization_id}::uuid AND d.status = 'open' AND d.reminded_at IS NULL AND d.remind_at <= now()
      ORDER BY d.remind_at LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE tasks t SET reminded_at = now() FROM due
    WHERE t.organization_id = ${actor.organization_id}::uuid AND t.id = due.id
    RETURNING t.id, t.title, t.due_at, t.owner_id, t.version, t.deleted_at`.execute(tx)
  return rows
}

/** What is in the trash is reminded of no more. */
function tell({ emit }: Ctx, { id, title, due_at, owner_id, version, deleted_at }: DueTask): void {
  if (deleted_at !== null) return
  emit({
    type: 'task.due',
    record: { object: 'task', id, version, name: title },
    owner_id,
    data: { due_at, assignee_id: owner_id },
    unaudited: true,
  })
}

async function nextDue({ tx, actor }: Ctx): Promise<string | null> {
  const { rows } = await sql<{ remind_at: string | null }>`
    SELECT min(t.remind_at) AS remind_at FROM tasks t
    WHERE t.organization_id = ${actor.organization_id}::uuid AND t.status = 'open' AND t.reminded_at IS NULL
      AND t.remind_at IS NOT NULL`.execute(tx)
  return rows[0]?.remind_at ?? null
}
