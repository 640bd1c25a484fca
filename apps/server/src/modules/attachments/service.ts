/** Files on records, but for their bytes. */
import type { Attachment, AttachmentQuery, RecordRef } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { conflict, forbidden, invalidField, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { lockFilePlace, readFilePlace, type FilePlace } from './places.ts'
import { presentAttachment } from './present.ts'
import { forgetFiles } from './found.ts'
import {
  findAttachment,
  findUnfinished,
  insertAttachment,
  insertVersion,
  listAttachments,
  updateAttachment,
  type AttachmentRow,
} from './repository.ts'
import { refuseProgramName } from './types.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
const order = 'attachments:-id'
const mostVersions = 100

export async function readAttachmentsOf(ctx: Context, query: AttachmentQuery) {
  const { object, record_id, limit, cursor, trashed } = query
  const place = await readFilePlace(ctx, { object, id: record_id }, 'query.object')
  const [after = null] = cursor === undefined ? [] : decodeCursor(order, ['uuid'], cursor)
  const rows = await listAttachments(ctx, {
    object,
    record_id,
    trashed: trashed === 'true',
    limit: limit + 1,
    after,
  })
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => presentAttachment(ctx.actor, place, row)),
    next_cursor: last ? encodeCursor(order, JSON.stringify([last.id])) : null,
  }
}

/** Whoever does not see the record does not see its files; what is still arriving is seen by who sends it. */
export async function requireAttachment(
  ctx: Context,
  id: string,
  find: typeof readFilePlace = readFilePlace,
): Promise<{ place: FilePlace; row: AttachmentRow }> {
  const row = await findAttachment(ctx, id)
  if (!row || (row.current === 0 && row.created_by !== ctx.actor.user_id)) throw notFound('attachment', id)
  try {
    return { place: await find(ctx, { object: row.object, id: row.record_id }), row }
  } catch (error) {
    if (error instanceof Error && 'status' in error && (error.status === 404 || error.status === 422))
      throw notFound('attachment', id)
    throw error
  }
}

export async function readAttachment(ctx: Context, id: string): Promise<Attachment> {
  const { place, row } = await requireAttachment(ctx, id)
  return presentAttachment(ctx.actor, place, row)
}

type Announced = { record: RecordRef; name: string; size: number }

export async function announceFile(
  ctx: Ctx,
  { record, name, size }: Announced,
  largest: number,
): Promise<Attachment> {
  refuseLarger(size, largest)
  refuseProgramName(name, 'name')
  const place = await lockFilePlace(ctx, record, 'record.object')
  const file = { object: record.object, record_id: place.id, name }
  const known = await findUnfinished(ctx, { ...file, size })
  if (known) return presentAttachment(ctx.actor, place, known)
  const id = newId()
  await insertAttachment(ctx, { id, ...file })
  await insertVersion(ctx, id, { number: 1, size })
  return presentAttachment(ctx.actor, place, await kept(ctx, id))
}

export async function announceVersion(
  ctx: Ctx,
  id: string,
  size: number,
  largest: number,
): Promise<Attachment> {
  refuseLarger(size, largest)
  const { place, row } = await lockAttachment(ctx, id)
  refuseTrashed(row)
  const arriving = row.versions.find(
    (one) => one.received < one.size && one.size === size && one.created_by === ctx.actor.user_id,
  )
  if (arriving) return presentAttachment(ctx.actor, place, row)
  if (row.versions.length >= mostVersions)
    throw conflict('too_many_versions', `A file has at most ${mostVersions} versions.`)
  await insertVersion(ctx, row.id, { number: (row.versions[0]?.number ?? 0) + 1, size })
  return presentAttachment(ctx.actor, place, await kept(ctx, row.id))
}

export async function renameAttachment(ctx: Ctx, id: string, name: string): Promise<Attachment> {
  refuseProgramName(name, 'name')
  const { place, row } = await lockAttachment(ctx, id)
  refuseTrashed(row)
  if (name === row.name) return presentAttachment(ctx.actor, place, row)
  await updateAttachment(ctx, row.id, { name })
  if (row.current > 0) await place.index(ctx, { ...row, name })
  const after = await kept(ctx, row.id)
  const changes = { before: { name: row.name }, after: { name } }
  await place.tell(ctx, after, { type: 'attachment.updated', changes })
  return presentAttachment(ctx.actor, place, after)
}

export const trash = (ctx: Ctx, id: string): Promise<Attachment> => setTrashed(ctx, id, true)
export const restore = (ctx: Ctx, id: string): Promise<Attachment> => setTrashed(ctx, id, false)

/** Both may be repeated. */
async function setTrashed(ctx: Ctx, id: string, trashed: boolean): Promise<Attachment> {
  const { place, row } = await lockAttachment(ctx, id)
  if (!place.mayTidy(row.created_by))
    throw forbidden('not_your_file', 'Only who added a file, or who may delete its record, can delete it.')
  if ((row.deleted_at !== null) === trashed) return presentAttachment(ctx.actor, place, row)
  await updateAttachment(ctx, row.id, { trashed })
  const after = await kept(ctx, row.id)
  // Of what never arrived nobody was told.
  if (row.current > 0) {
    await (trashed ? forgetFiles(ctx, [row.id]) : place.index(ctx, row))
    await place.tell(ctx, row, {
      what: trashed ? 'trashed' : 'restored',
      type: trashed ? 'attachment.deleted' : 'attachment.restored',
      changes: { after: { name: row.name, deleted_at: after.deleted_at } },
    })
  }
  return presentAttachment(ctx.actor, place, after)
}

/** As it is once its record is locked. */
export async function lockAttachment(
  ctx: Ctx,
  id: string,
): Promise<{ place: FilePlace; row: AttachmentRow }> {
  const { place, row } = await requireAttachment(ctx, id, lockFilePlace)
  return { place, row: await kept(ctx, row.id) }
}

export async function kept(ctx: Context, id: string): Promise<AttachmentRow> {
  const row = await findAttachment(ctx, id)
  if (!row) throw notFound('attachment', id)
  return row
}

export function refuseTrashed({ deleted_at }: AttachmentRow): void {
  if (deleted_at !== null)
    throw conflict('attachment_in_trash', 'The file is in the trash. Restore it before you change it.')
}

function refuseLarger(size: number, largest: number): void {
  if (size > largest)
    throw invalidField('size', 'too_big', `must not be more than ${Math.floor(largest / (1024 * 1024))} MB`)
}
