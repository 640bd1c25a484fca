/** The changes that a member can take back: their own single ones, the newest first, until each is taken back. */
import { undo_hours, type Activity } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type Undoable = {
  /** Of the activity: a UUIDv7, so that it tells which of two changes is the later one. */
  id: string
  object: string
  record_id: string
  type: Activity['type']
  /** Of the record, after the change. */
  version: number
  occurred_at: string
}
type Wanted = { object?: string | undefined; id?: string | undefined; version?: number | undefined }

/** @param wanted a record, when only its changes are asked for, and the version that the change made. */
export async function findUndoable({ tx, actor }: Context, wanted: Wanted): Promise<Undoable | null> {
  if (actor.kind !== 'user') return null
  const { object, id, version } = wanted
  const { rows } = await sql<Undoable>`
    SELECT a.id, a.object, a.record_id, a.type, (a.data->>'version')::int AS version, a.occurred_at FROM activities a
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.undoable_by = ${actor.user_id}::uuid
      AND a.created_at > now() - make_interval(hours => ${undo_hours})
      ${object === undefined ? sql`` : sql`AND a.object = ${object} AND a.record_id = ${id}::uuid`}
      ${version === undefined ? sql`` : sql`AND (a.data->>'version')::int = ${version}`}
    ORDER BY a.id DESC LIMIT 1`.execute(tx)
  return rows[0] ?? null
}

/** It was taken back, or cannot be any more. False when it was no longer there to be taken back. */
export async function takeUndoable({ tx, actor }: Context, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('activities')
    .set({ undoable_by: null })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .where('undoable_by', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whether anybody else did something to the record after this change. */
export async function isFollowedByOthers({ tx, actor }: Context, change: Undoable): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM activities a
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${change.object}
      AND a.record_id = ${change.record_id}::uuid AND a.id > ${change.id}::uuid
      AND a.actor_id IS DISTINCT FROM ${actor.user_id}::uuid LIMIT 1`.execute(tx)
  return rows.length > 0
}

/** Field → [before, after], by record: what was changed when each of them came to that version. */
export async function readChanges(
  { tx, actor }: Context,
  object: string,
  versions: ReadonlyMap<string, number>,
): Promise<Map<string, Record<string, [unknown, unknown]>>> {
  const wanted = JSON.stringify([...versions].map(([id, version]) => ({ id, version })))
  const { rows } = await sql<{ record_id: string; changes: Record<string, [unknown, unknown]> }>`
    SELECT a.record_id, a.data->'changes' AS changes
    FROM jsonb_to_recordset(${wanted}::jsonb) AS w (id uuid, version int)
    JOIN activities a ON a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object} AND a.record_id = w.id
    WHERE a.type IN ('updated', 'stage_changed') AND (a.data->>'version')::int = w.version AND a.data ? 'changes'`.execute(
    tx,
  )
  return new Map(rows.map(({ record_id, changes }) => [record_id, changes]))
}
