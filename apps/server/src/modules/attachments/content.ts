/** The bytes of a version, and the pictures of it. */
import { Readable } from 'node:stream'
import type { Actor } from '../../platform/actor.ts'
import { notFound } from '../../platform/problems.ts'
import type { HandleContext } from '../../platform/http/route.ts'
import type { Storage } from '../../platform/storage/index.ts'
import { partKey, previewKey, type PreviewSize } from './keys.ts'
import type { AttachmentRow, VersionRow } from './repository.ts'
import { requireAttachment } from './service.ts'

type Asked = { id: string; number: string }
type Parts = Pick<HandleContext, 'inTenant' | 'reply'> & { actor: Actor; storage: Storage }

/** One piece after the other, so that memory does not grow with the file. */
export const readVersion = (
  storage: Storage,
  organization_id: string,
  id: string,
  { number, parts }: Pick<VersionRow, 'number' | 'parts'>,
): Readable => Readable.from(piecesOf(storage, organization_id, id, { number, parts }))

async function* piecesOf(
  storage: Storage,
  organization_id: string,
  id: string,
  { number, parts }: Pick<VersionRow, 'number' | 'parts'>,
): AsyncGenerator<Buffer, void, void> {
  for (const part of parts)
    for await (const chunk of storage.read(partKey(organization_id, id, number, part))) yield chunk as Buffer
}

async function requireVersion(
  { inTenant, actor }: Parts,
  { id, number }: Asked,
): Promise<{ row: AttachmentRow; version: VersionRow }> {
  const { row } = await inTenant(actor, (ctx) => requireAttachment(ctx, id))
  const version = row.versions.find((one) => one.number === Number(number))
  if (!version || version.received < version.size) throw notFound('attachment', id)
  return { row, version }
}

/** Always to be saved: whatever is in it, a browser shows nothing of it as a page of ours. */
export async function sendContent(parts: Parts, asked: Asked): Promise<undefined> {
  const { row, version } = await requireVersion(parts, asked)
  const { actor, reply, storage } = parts
  void reply
    .header('content-type', 'application/octet-stream')
    .header('content-length', version.size)
    .header('content-disposition', dispositionOf(row.name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
  await reply.send(readVersion(storage, actor.organization_id, row.id, version))
  return undefined
}

export async function sendPreview(parts: Parts, asked: Asked, size: PreviewSize): Promise<undefined> {
  const { row, version } = await requireVersion(parts, asked)
  if (version.preview !== 'ready') throw notFound('preview', row.id)
  const { actor, reply, storage } = parts
  void reply
    .header('content-type', 'image/webp')
    .header('content-disposition', 'attachment; filename="preview.webp"')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
  await reply.send(storage.read(previewKey(actor.organization_id, row.id, version.number, size)))
  return undefined
}

function dispositionOf(name: string): string {
  const ascii = name.replace(/[^\w. -]+/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
