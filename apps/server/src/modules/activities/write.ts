/** Facts on the timelines of records, written in the transaction of what happened. */
import type { Activity } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { textArray } from '../../platform/text-array.ts'

type NewActivityRow = {
  object: string
  record_id: string
  type: Activity['type']
  body?: string
  data?: Record<string, unknown>
  /** Now, unless it happened before it was told. */
  occurred_at?: string
  /** A single change that the person who makes it can take back. */
  undoable?: boolean
}

/** Answers what was written, in order, as it is told to callers. */
export async function writeActivities({ tx, actor }: Ctx, activities: NewActivityRow[]): Promise<Activity[]> {
  const rows = activities.map(({ undoable, ...activity }) => ({
    id: newId(),
    ...activity,
    data: activity.data ?? {},
    undoable_by: undoable && actor.kind === 'user' ? actor.user_id : null,
  }))
  const written = await sql<{ id: string; occurred_at: string; created_at: string }>`
    INSERT INTO activities (organization_id, id, object, record_id, type, actor_id, actor_name, body, data, occurred_at, undoable_by)
    SELECT ${actor.organization_id}::uuid, a.id, a.object, a.record_id, a.type, ${actor.user_id}::uuid, ${actor.name}, a.body, a.data,
      coalesce(a.occurred_at, now()), a.undoable_by
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS a (id uuid, object text, record_id uuid, type text, body text, data jsonb, occurred_at timestamptz, undoable_by uuid)
    RETURNING id, occurred_at, created_at`.execute(tx)
  const times = new Map(written.rows.map((row) => [row.id, row]))
  return rows.map(({ id, object, record_id, type, body, data }) => {
    const row = times.get(id)
    if (!row) throw new Error('An activity was not written.')
    return {
      id,
      record: { object, id: record_id },
      type,
      actor: { id: actor.user_id, name: actor.name },
      body: body ?? null,
      data,
      occurred_at: row.occurred_at,
      created_at: row.created_at,
      pinned_at: null,
    }
  })
}

type Told = { object: string; data: Record<string, unknown>; undoable: boolean }

/** The beginning of the timelines of new records, which is the same for all of them. */
export async function tellCreated(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  record_ids: readonly string[],
  { object, data, undoable }: Told,
): Promise<void> {
  const ids = record_ids.map(newId)
  await sql`
    INSERT INTO activities (organization_id, id, object, record_id, type, actor_id, actor_name, data, occurred_at, undoable_by)
    SELECT ${actor.organization_id}::uuid, n.id, ${object}, n.record_id, 'created', ${actor.user_id}::uuid, ${actor.name},
      ${JSON.stringify(data)}::jsonb, now(), ${undoable && actor.kind === 'user' ? actor.user_id : null}::uuid
    FROM unnest(${textArray(ids)}::uuid[], ${textArray(record_ids)}::uuid[]) n (id, record_id)`.execute(tx)
}

/** What is told of something follows it, as the text of a note that is written on; an empty body is none. */
export async function retellActivity(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  id: string,
  { body, data }: { body: string; data: Record<string, unknown> },
): Promise<void> {
  await sql`
    UPDATE activities SET body = nullif(${body}, ''), data = ${JSON.stringify(data)}::jsonb
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}
