/**
 * The next piece of a file. It is written to the storage under a name of its own and then put in its place in the
 * database, so two that send the same piece, or a process that dies in between, leave at most a piece that nobody reads.
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { largestPiece, operations, type Attachment } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import { conflict, invalidField, malformed, notFound, Problem } from '../../platform/problems.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { partKey } from './keys.ts'
import type { FilePlace } from './places.ts'
import { presentAttachment } from './present.ts'
import { previewKind } from './preview.ts'
import { addPiece, setPreview, updateAttachment, type AttachmentRow, type VersionRow } from './repository.ts'
import { kept, lockAttachment, refuseTrashed } from './service.ts'
import { hasPicture, readMediaType } from './types.ts'

type Parts = Pick<Platform, 'tenancy' | 'storage' | 'jobs'>
type Piece = { number: number; offset: number; bytes: Buffer }

export async function receivePiece(
  { tenancy, storage, jobs }: Parts,
  actor: Actor,
  id: string,
  request: FastifyRequest,
): Promise<Attachment> {
  const { number, offset, bytes } = await readPiece(request)
  const { organization_id } = actor
  const announced = await tenancy.inTenant(actor, (ctx) => requireArriving(ctx, id, number, offset))
  if (offset + bytes.length > announced.size)
    throw invalidField(
      'file',
      'too_big',
      `would make more than the ${announced.size} bytes that were announced`,
    )
  const media_type = offset === 0 ? await readMediaType(bytes) : null
  const part = `${String(offset).padStart(12, '0')}-${randomUUID()}`
  const key = partKey(organization_id, announced.id, number, part)
  await storage.write(key, Readable.from([bytes]))
  try {
    return await tenancy.inTenant(actor, async (ctx) => {
      const { place, row } = await lockAttachment(ctx, id)
      refuseTrashed(row)
      if (!(await addPiece(ctx, row.id, number, { offset, length: bytes.length, part, media_type })))
        throw misplaced(ctx.actor, place, row)
      const after = await kept(ctx, row.id)
      const version = after.versions.find((one) => one.number === number)
      if (version?.received !== version?.size || !version) return presentAttachment(actor, place, after)
      return complete(ctx, jobs, place, after, version)
    })
  } catch (error) {
    await storage.remove(key)
    throw error
  }
}

async function readPiece(request: FastifyRequest): Promise<Piece> {
  if (!request.isMultipart())
    throw new Problem(
      415,
      'multipart_expected',
      'Unsupported media type',
      'Send the piece as multipart/form-data.',
    )
  const fields: Record<string, unknown> = {}
  let bytes: Buffer | undefined
  try {
    for await (const part of request.parts({ limits: { fileSize: largestPiece, files: 1 } })) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else if (part.fieldname === 'file') bytes = await part.toBuffer()
      else {
        part.file.resume()
        throw invalidField(part.fieldname, 'unknown_field', 'is not a field that can be given here')
      }
    }
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ECONNRESET' || error.code === 'ABORT_ERR')
    )
      throw malformed('upload_interrupted', 'The piece broke off before its end.')
    throw error
  }
  const place = operations.attachments.send.body.safeParse(fields)
  if (!place.success) {
    const [issue] = place.error.issues
    throw invalidField(String(issue?.path[0] ?? 'offset'), 'invalid', issue?.message ?? 'is not valid')
  }
  if (!bytes?.length) throw invalidField('file', 'file_missing', 'a piece of the file is needed')
  return { ...place.data, bytes }
}

/** Asked before the bytes are kept, and again, with the record locked, when they are. */
async function requireArriving(
  ctx: Ctx,
  id: string,
  number: number,
  offset: number,
): Promise<{ id: string; size: number }> {
  const { place, row } = await lockAttachment(ctx, id)
  refuseTrashed(row)
  const version = row.versions.find((one) => one.number === number)
  if (!version || version.created_by !== ctx.actor.user_id) throw notFound('attachment', id)
  if (version.received !== offset || version.received === version.size) throw misplaced(ctx.actor, place, row)
  return { id: row.id, size: version.size }
}

const misplaced = (actor: Actor, place: FilePlace, row: AttachmentRow) =>
  conflict('piece_misplaced', 'Another number of bytes has arrived; go on from there.', {
    current: presentAttachment(actor, place, row),
  })

async function complete(
  ctx: Ctx,
  jobs: Parts['jobs'],
  place: FilePlace,
  row: AttachmentRow,
  { number, size, media_type }: VersionRow,
): Promise<Attachment> {
  const isFirst = row.current === 0
  await updateAttachment(ctx, row.id, { current: Math.max(row.current, number) })
  await place.index(ctx, row)
  if (hasPicture(media_type)) {
    await setPreview(ctx, row.id, number, 'pending')
    await jobs.enqueue(ctx, previewKind, { attachment_id: row.id, number: String(number) })
  }
  await place.tell(ctx, row, {
    what: isFirst ? 'added' : 'replaced',
    type: isFirst ? 'attachment.created' : 'attachment.updated',
    changes: { after: { name: row.name, size, media_type, number } },
  })
  return presentAttachment(ctx.actor, place, await kept(ctx, row.id))
}
