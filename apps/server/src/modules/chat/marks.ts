/** How far members have read, and what is pinned. */
import type { ChatChannel, ChatMessage } from '@rapport/contracts'
import { sql } from 'kysely'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { requireChannel } from './access.ts'
import type { Context } from './channel-rows.ts'
import { emitToMember } from './facts.ts'
import { keepOf } from './members.ts'
import { findMessage, selectMessages } from './message-rows.ts'
import { presentChannel } from './present-channel.ts'
import { presentMessages } from './present-message.ts'

type Read = { message_id: string; unread?: boolean | undefined }

/**
 * Reading goes forward, and takes along the replies up to what is not read yet in the channel itself; only who asks for it
 * finds something unread again.
 */
export async function markRead(
  ctx: Ctx,
  id: string,
  { message_id, unread = false }: Read,
): Promise<ChatChannel> {
  const channel = await requireChannel(ctx, id)
  const row = await findMessage(ctx, message_id)
  if (!row || row.channel_id !== channel.id)
    throw invalidField('message_id', 'unknown_record', 'must be a message of this channel')
  await keepOf(ctx, channel)
  const { organization_id, user_id } = ctx.actor
  const org = sql`${organization_id}::uuid`
  const seq = unread
    ? sql`${row.seq - 1}::int`
    : sql`greatest(m.last_read_seq, coalesce((SELECT min(x.seq) - 1 FROM chat_messages x WHERE x.organization_id = ${org}
        AND x.channel_id = ${id}::uuid AND x.reply_to IS NULL AND x.seq > ${row.seq}),
        (SELECT c.last_seq FROM chat_channels c WHERE c.organization_id = ${org} AND c.id = ${id}::uuid)))`
  const { rows } = await sql<{ last_read_seq: number }>`
    UPDATE chat_members m SET last_read_seq = wanted.seq
    FROM (SELECT m.user_id, ${seq} AS seq FROM chat_members m WHERE m.organization_id = ${org} AND m.channel_id = ${id}::uuid
      AND m.user_id = ${user_id}::uuid FOR NO KEY UPDATE) AS wanted
    WHERE m.organization_id = ${org} AND m.channel_id = ${id}::uuid AND m.user_id = wanted.user_id
      AND m.last_read_seq <> wanted.seq RETURNING m.last_read_seq`.execute(ctx.tx)
  const [moved] = rows
  if (moved) emitToMember(ctx, id, user_id, 'chat.read', { last_read_seq: moved.last_read_seq })
  return presentChannel(ctx, await requireChannel(ctx, id))
}

export async function readPins(
  ctx: Context,
  id: string,
): Promise<{ items: ChatMessage[]; next_cursor: null }> {
  const channel = await requireChannel(ctx, id)
  const pinned = sql`x.channel_id = ${channel.id}::uuid AND x.pinned_at IS NOT NULL ORDER BY x.pinned_at DESC, x.id`
  const { rows } = await selectMessages(ctx, pinned).execute(ctx.tx)
  return { items: await presentMessages(ctx, rows), next_cursor: null }
}
