/**
 * Pictures of images: decoded and made anew as WebP by libvips, so nothing of the file itself reaches a screen. A file
 * that cannot be decoded, or would take too much to, has none.
 */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { systemActor } from '../../platform/actor.ts'
import type { JobData } from '../../platform/jobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { readVersion } from './content.ts'
import { previewKey, type PreviewSize } from './keys.ts'
import { findFilePlace } from './places.ts'
import { findAttachment, setPreview } from './repository.ts'

export const previewKind = 'attachments.preview'
const most_pixels = 60_000_000
const most_bytes = 64 * 1024 * 1024
const sides: Record<PreviewSize, number> = { small: 320, large: 1_920 }

type Parts = Pick<Platform, 'tenancy' | 'storage' | 'log'>

export async function makePreview(
  { tenancy, storage, log }: Parts,
  { organization_id, attachment_id, number }: JobData,
): Promise<void> {
  const actor = systemActor(organization_id)
  const row = attachment_id && (await tenancy.inTenant(actor, (ctx) => findAttachment(ctx, attachment_id)))
  const version = row ? row.versions.find((one) => one.number === Number(number)) : undefined
  if (!row || version?.preview !== 'pending') return
  let made = false
  if (version.size <= most_bytes) {
    const bytes = await buffer(readVersion(storage, organization_id, row.id, version))
    try {
      const pictures = await Promise.all([draw(bytes, sides.small), draw(bytes, sides.large)])
      for (const [index, size] of (['small', 'large'] as const).entries())
        await storage.write(
          previewKey(organization_id, row.id, version.number, size),
          Readable.from([pictures[index]]),
        )
      made = true
    } catch (error) {
      log.info({ err: error, attachment_id: row.id }, 'no picture could be made of an image')
    }
  }
  await tenancy.inTenant(actor, async (ctx) => {
    await setPreview(ctx, row.id, version.number, made ? 'ready' : 'none')
    const place = await findFilePlace(ctx, { object: row.object, id: row.record_id })
    await place?.tell(ctx, row, { type: 'attachment.updated', unaudited: true })
  })
}

/** What draws is loaded with the first picture: it is eight megabytes. */
async function draw(bytes: Buffer, side: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp(bytes, { limitInputPixels: most_pixels, failOn: 'error', animated: false })
    .rotate()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
}
