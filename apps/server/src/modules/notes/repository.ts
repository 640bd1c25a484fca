/** SQL of notes and of how they were. */
import type { NoteDocument } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type NoteRow = {
  id: string
  object: string
  record_id: string
  body: NoteDocument
  text: string
  pinned: boolean
  activity_id: string
  version: number
  created_by: string | null
  author_name: string | null
  created_at: string
  edited_by: string | null
  editor_name: string | null
  edited_at: string | null
  deleted_at: string | null
}

export type VersionRow = {
  version: number
  body: NoteDocument
  text: string
  saved_by: string | null
  saved_by_name: string | null
  saved_at: string
}

/** Saves that follow each other so soon are one sitting. */
const sitting_minutes = 10

/** What follows FROM: the note `n` with the names of who wrote it. */
const selectNotes = (where: RawBuilder<unknown>) => sql<NoteRow>`
  SELECT n.id, n.object, n.record_id, n.body, n.text, n.pinned, n.activity_id, n.version, n.created_by,
    a.full_name AS author_name, n.created_at, n.edited_by, e.full_name AS editor_name, n.edited_at, n.deleted_at
  FROM notes n LEFT JOIN users a ON a.id = n.created_by LEFT JOIN users e ON e.id = n.edited_by
  WHERE ${where}`

export async function findNote({ tx, actor }: Context, id: string): Promise<NoteRow | undefined> {
  const own = sql`n.organization_id = ${actor.organization_id}::uuid AND n.id = ${id}::uuid`
  return (await selectNotes(own).execute(tx)).rows[0]
}

type Wanted = { object: string; record_id: string; trashed: boolean; limit: number; after: NoteKey | null }
export type NoteKey = { pinned: boolean; id: string }

/** Pinned ones first, then the newest: ids are UUIDv7. */
export async function listNotes(
  { tx, actor }: Context,
  { object, record_id, trashed, limit, after }: Wanted,
): Promise<NoteRow[]> {
  const { rows } = await selectNotes(sql`
    n.organization_id = ${actor.organization_id}::uuid AND n.object = ${object} AND n.record_id = ${record_id}::uuid
    AND n.deleted_at IS ${trashed ? sql`NOT NULL` : sql`NULL`}
    ${after ? sql`AND (n.pinned, n.id) < (${after.pinned}, ${after.id}::uuid)` : sql``}
    ORDER BY n.pinned DESC, n.id DESC LIMIT ${limit}`).execute(tx)
  return rows
}

type NewNoteRow = Pick<NoteRow, 'id' | 'object' | 'record_id' | 'body' | 'text' | 'pinned' | 'activity_id'>

export async function insertNote({ tx, actor }: Context, note: NewNoteRow): Promise<void> {
  const { id, object, record_id, body, text, pinned, activity_id } = note
  await sql`
    INSERT INTO notes (organization_id, id, object, record_id, body, text, pinned, activity_id, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${object}, ${record_id}::uuid, ${JSON.stringify(body)}::jsonb, ${text},
      ${pinned}, ${activity_id}::uuid, ${actor.user_id}::uuid)`.execute(tx)
}

export async function rewriteNote(
  { tx, actor }: Context,
  { id, version, body, text }: Pick<NoteRow, 'id' | 'version' | 'body' | 'text'>,
): Promise<void> {
  await sql`
    UPDATE notes SET body = ${JSON.stringify(body)}::jsonb, text = ${text}, version = ${version},
      edited_by = ${actor.user_id}::uuid, edited_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

export async function pinNote({ tx, actor }: Context, id: string, pinned: boolean): Promise<void> {
  await sql`
    UPDATE notes SET pinned = ${pinned} WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(
    tx,
  )
}

export async function trashNote({ tx, actor }: Context, id: string, trashed: boolean): Promise<void> {
  await sql`
    UPDATE notes SET deleted_at = ${trashed ? sql`now()` : sql`NULL`}
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

/** Keeps how the note is now; answers whether that begins another sitting. */
export async function keepVersion(
  { tx, actor }: Context,
  { id, version, body, text }: Pick<NoteRow, 'id' | 'version' | 'body' | 'text'>,
): Promise<boolean> {
  const json = JSON.stringify(body)
  const { numAffectedRows } = await sql`
    UPDATE note_versions SET version = ${version}, body = ${json}::jsonb, text = ${text}, saved_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND note_id = ${id}::uuid AND version = ${version - 1}
      AND saved_by = ${actor.user_id}::uuid AND saved_at > now() - make_interval(mins => ${sitting_minutes})`.execute(
    tx,
  )
  if (Number(numAffectedRows ?? 0) > 0) return false
  await sql`
    INSERT INTO note_versions (organization_id, note_id, version, body, text, saved_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${version}, ${json}::jsonb, ${text}, ${actor.user_id}::uuid)`.execute(
    tx,
  )
  return true
}

export async function listVersions(
  { tx, actor }: Context,
  note_id: string,
  { limit, before }: { limit: number; before: number | null },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    SELECT v.version, v.body, v.text, v.saved_by, u.full_name AS saved_by_name, v.saved_at
    FROM note_versions v LEFT JOIN users u ON u.id = v.saved_by
    WHERE v.organization_id = ${actor.organization_id}::uuid AND v.note_id = ${note_id}::uuid
      ${before === null ? sql`` : sql`AND v.version < ${before}`}
    ORDER BY v.version DESC LIMIT ${limit}`.execute(tx)
  return rows
}
