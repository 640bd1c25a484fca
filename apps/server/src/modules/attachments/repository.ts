/** SQL of files and their versions. What is purged is there for the sweeper alone. */
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type VersionRow = {
  number: number
  size: number
  received: number
  parts: string[]
  media_type: string
  preview: 'none' | 'pending' | 'ready'
  created_by: string | null
  by_name: string | null
  created_at: string
}
export type AttachmentRow = {
  id: string
  object: string
  record_id: string
  name: string
  current: number
  created_by: string | null
  author_name: string | null
  created_at: string
  deleted_at: string | null
  /** The newest first. */
  versions: VersionRow[]
}

const select = (where: RawBuilder<unknown>) => sql<AttachmentRow>`
  SELECT a.id, a.object, a.record_id, a.name, a.current, a.created_by, u.full_name AS author_name, a.created_at, a.deleted_at, (
    SELECT json_agg(json_build_object('number', v.number, 'size', v.size, 'received', v.received, 'parts', v.parts,
      'media_type', v.media_type, 'preview', v.preview, 'created_by', v.created_by, 'by_name', w.full_name,
      'created_at', to_char(v.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY v.number DESC)
    FROM attachment_versions v LEFT JOIN users w ON w.id = v.created_by
    WHERE v.organization_id = a.organization_id AND v.attachment_id = a.id) AS versions
  FROM attachments a LEFT JOIN users u ON u.id = a.created_by WHERE ${where}`

const own = ({ actor }: Context) =>
  sql`a.organization_id = ${actor.organization_id}::uuid AND a.purged_at IS NULL`

export async function findAttachment(ctx: Context, id: string): Promise<AttachmentRow | undefined> {
  return (await select(sql`${own(ctx)} AND a.id = ${id}::uuid`).execute(ctx.tx)).rows[0]
}

type Wanted = { object: string; record_id: string; trashed: boolean; limit: number; after: string | null }

/** Those that are there, and those that the caller is sending. */
export async function listAttachments(ctx: Context, wanted: Wanted): Promise<AttachmentRow[]> {
  const { object, record_id, trashed, limit, after } = wanted
  const { rows } = await select(sql`${own(ctx)} AND a.object = ${object} AND a.record_id = ${record_id}::uuid
    AND a.deleted_at IS ${trashed ? sql`NOT NULL` : sql`NULL`}
    AND (a.current > 0 OR (a.created_by = ${ctx.actor.user_id}::uuid AND a.deleted_at IS NULL))
    ${after === null ? sql`` : sql`AND a.id < ${after}::uuid`} ORDER BY a.id DESC LIMIT ${limit}`).execute(
    ctx.tx,
  )
  return rows
}

/** The same file of the same person, of which a part has come not long ago. */
export async function findUnfinished(
  ctx: Context,
  { object, record_id, name, size }: { object: string; record_id: string; name: string; size: number },
): Promise<AttachmentRow | undefined> {
  const { rows } = await select(sql`${own(ctx)} AND a.object = ${object} AND a.record_id = ${record_id}::uuid
    AND a.current = 0 AND a.deleted_at IS NULL AND a.name = ${name} AND a.created_by = ${ctx.actor.user_id}::uuid
    AND EXISTS (SELECT 1 FROM attachment_versions v WHERE v.organization_id = a.organization_id AND v.attachment_id = a.id
      AND v.size = ${size} AND v.received < v.size)
    ORDER BY a.id DESC LIMIT 1`).execute(ctx.tx)
  return rows[0]
}

type NewRow = Pick<AttachmentRow, 'id' | 'object' | 'record_id' | 'name'>

export async function insertAttachment({ tx, actor }: Context, row: NewRow): Promise<void> {
  await sql`
    INSERT INTO attachments (organization_id, id, object, record_id, name, created_by)
    VALUES (${actor.organization_id}::uuid, ${row.id}::uuid, ${row.object}, ${row.record_id}::uuid, ${row.name}, ${actor.user_id}::uuid)`.execute(
    tx,
  )
}

export async function insertVersion(
  { tx, actor }: Context,
  id: string,
  { number, size }: Pick<VersionRow, 'number' | 'size'>,
): Promise<void> {
  await sql`
    INSERT INTO attachment_versions (organization_id, attachment_id, number, size, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${number}, ${size}, ${actor.user_id}::uuid)`.execute(
    tx,
  )
}

type Piece = { offset: number; length: number; part: string; media_type: string | null }

/** False where another piece has come to this place first. */
export async function addPiece(
  { tx, actor }: Context,
  id: string,
  number: number,
  { offset, length, part, media_type }: Piece,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE attachment_versions SET received = received + ${length}, parts = parts || ${part}::text,
      media_type = coalesce(${media_type}, media_type)
    WHERE organization_id = ${actor.organization_id}::uuid AND attachment_id = ${id}::uuid AND number = ${number}
      AND received = ${offset} AND received + ${length} <= size`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

export async function setPreview(
  { tx, actor }: Context,
  id: string,
  number: number,
  preview: VersionRow['preview'],
): Promise<void> {
  await sql`
    UPDATE attachment_versions SET preview = ${preview}
    WHERE organization_id = ${actor.organization_id}::uuid AND attachment_id = ${id}::uuid AND number = ${number}`.execute(
    tx,
  )
}

type Update = { name?: string; current?: number; trashed?: boolean }

export async function updateAttachment({ tx, actor }: Context, id: string, update: Update): Promise<void> {
  const { name = null, current = null, trashed = null } = update
  await sql`
    UPDATE attachments SET name = coalesce(${name}, name), current = coalesce(${current}::int, current),
      deleted_at = CASE ${trashed}::boolean WHEN true THEN now() WHEN false THEN NULL ELSE deleted_at END
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

export async function countKept({ tx, actor }: Context): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    SELECT count(DISTINCT a.id)::int AS files, coalesce(sum(v.received), 0)::bigint AS bytes
    FROM attachments a JOIN attachment_versions v ON v.organization_id = a.organization_id AND v.attachment_id = a.id
    WHERE a.organization_id = ${actor.organization_id}::uuid AND v.organization_id = ${actor.organization_id}::uuid
      AND a.purged_at IS NULL AND a.current > 0`.execute(tx)
  return rows[0] ?? { files: 0, bytes: 0 }
}
