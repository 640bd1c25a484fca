/** Messages of a channel with a rule of retention go for good when they are as old as that, with their files. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { purgeFiles } from '../attachments/index.ts'
import { findAnyChannel } from './beside.ts'
import { emitInChannel } from './facts.ts'
import { forgetWords } from './words.ts'

/** The name of the alarm. */
export const messageRetention = 'chat.retention'
const batchSize = 500
const pause_ms = 3_600_000

/** Rings: answers when to look again, at once while there is more than one turn can do; null without any rule. */
export async function keepRetention(ctx: Ctx): Promise<string | null> {
  const org = sql`${ctx.actor.organization_id}::uuid`
  const { rows } = await sql<{ id: string; channel_id: string }>`
    SELECT x.id, x.channel_id FROM chat_channels c
    JOIN chat_messages x ON x.organization_id = ${org} AND x.channel_id = c.id
      AND x.created_at < now() - make_interval(days => c.retention_days)
    WHERE c.organization_id = ${org} AND c.retention_days IS NOT NULL LIMIT ${batchSize}`.execute(ctx.tx)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await dropMessages(ctx, ids)
  for (const channel_id of new Set(rows.map((row) => row.channel_id))) {
    const channel = await findAnyChannel(ctx, channel_id)
    if (channel) emitInChannel(ctx, channel, 'chat.channel_updated', { what: 'expired' })
  }
  if (rows.length === batchSize) return new Date().toISOString()
  const { rows: rules } = await sql`
    SELECT FROM chat_channels WHERE organization_id = ${org} AND retention_days IS NOT NULL LIMIT 1`.execute(
    ctx.tx,
  )
  return rules.length === 0 ? null : new Date(Date.now() + pause_ms).toISOString()
}

/** Replies to what goes are younger, but what they reply to is gone: they go along. */
async function dropMessages(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const org = sql`${ctx.actor.organization_id}::uuid`
  const { rows } = await sql<{ attachment_id: string }>`
    SELECT f.attachment_id FROM chat_files f JOIN chat_messages x ON x.organization_id = ${org} AND x.id = f.message_id
    WHERE f.organization_id = ${org} AND (x.id = ANY(${ids}::uuid[]) OR x.reply_to = ANY(${ids}::uuid[]))`.execute(
    ctx.tx,
  )
  await purgeFiles(
    ctx,
    rows.map((row) => row.attachment_id),
  )
  await forgetWords(ctx, sql`(m.id = ANY(${ids}::uuid[]) OR m.reply_to = ANY(${ids}::uuid[]))`)
  await sql`DELETE FROM chat_messages WHERE organization_id = ${org} AND id = ANY(${ids}::uuid[])`.execute(
    ctx.tx,
  )
}
