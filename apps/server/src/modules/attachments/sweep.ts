/** Takes out of the storage what nobody can reach any more: purged files, and those that never arrived in full. */
import { sql } from 'kysely'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { keysOf } from './keys.ts'
import type { VersionRow } from './repository.ts'

/** The name of the alarm. */
export const sweeper = 'attachments.sweep'
/** A broken upload can be gone on with for so long. */
const patience_hours = 24
const batchSize = 50
const pause_ms = 3_600_000

type Left = Pick<VersionRow, 'number' | 'parts' | 'preview'> & { attachment_id: string }

/** Files go before the rows that name them, so that none is left behind by a crash. */
export async function sweep(ctx: Ctx, storage: Storage): Promise<string | null> {
  const left = await takeLeft(ctx)
  const { organization_id } = ctx.actor
  for (const version of left)
    for (const key of keysOf(organization_id, version.attachment_id, version)) await storage.remove(key)
  for (const { attachment_id, number } of left)
    await sql`
      DELETE FROM attachment_versions WHERE organization_id = ${organization_id}::uuid
        AND attachment_id = ${attachment_id}::uuid AND number = ${number}`.execute(ctx.tx)
  await sql`
    DELETE FROM attachments a WHERE a.organization_id = ${organization_id}::uuid
      AND (a.purged_at IS NOT NULL OR (a.current = 0 AND a.created_at < now() - make_interval(hours => ${patience_hours})))
      AND NOT EXISTS (SELECT 1 FROM attachment_versions v WHERE v.organization_id = a.organization_id AND v.attachment_id = a.id)`.execute(
    ctx.tx,
  )
  if (left.length === batchSize) return new Date().toISOString()
  const { rows } = await sql`
    SELECT 1 FROM attachments WHERE organization_id = ${organization_id}::uuid LIMIT 1`.execute(ctx.tx)
  return rows.length === 0 ? null : new Date(Date.now() + pause_ms).toISOString()
}

async function takeLeft({ tx, actor }: Ctx): Promise<Left[]> {
  const { rows } = await sql<Left>`
    SELECT v.attachment_id, v.number, v.parts, v.preview FROM attachment_versions v
    JOIN attachments a ON a.organization_id = v.organization_id AND a.id = v.attachment_id
    WHERE v.organization_id = ${actor.organization_id}::uuid AND a.organization_id = ${actor.organization_id}::uuid
      AND (a.purged_at IS NOT NULL OR (v.received < v.size AND v.created_at < now() - make_interval(hours => ${patience_hours})))
    LIMIT ${batchSize} FOR UPDATE OF v SKIP LOCKED`.execute(tx)
  return rows
}
