/** Messages by their words, in what the caller may read. */
import type { ChatSearchQuery } from '@rapport/contracts'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { requireChannel } from './access.ts'
import type { Context } from './channel-rows.ts'
import { selectMessages } from './message-rows.ts'
import { presentMessages } from './present-message.ts'
import { readableChannels } from './reminders.ts'
import { wordsOf } from './words.ts'

const order = 'chat_search:-id'

/**
 * The newest first: ids are UUIDv7. Conversations on records are found by whoever takes part in them, and in one that is
 * named by whoever may read it; either way the record is asked, so a page may have fewer than were found.
 */
export async function searchMessages(
  ctx: Context,
  { q, channel_id, author_id, limit, cursor }: ChatSearchQuery,
) {
  if (channel_id !== undefined) await requireChannel(ctx, channel_id)
  const [after = null] = cursor === undefined ? [] : decodeCursor(order, ['uuid'], cursor)
  const org = sql`${ctx.actor.organization_id}::uuid`
  const among =
    channel_id === undefined
      ? sql`x.channel_id IN (SELECT c.id FROM chat_channels c WHERE c.organization_id = ${org} AND (c.kind = 'public' OR EXISTS (
          SELECT FROM chat_members m WHERE m.organization_id = ${org} AND m.channel_id = c.id AND m.user_id = ${ctx.actor.user_id}::uuid)))`
      : sql`x.channel_id = ${channel_id}::uuid`
  const words = wordsOf(q).map((word) => sql`AND position(${word} IN x.words) > 0`)
  const { rows } = await selectMessages(
    ctx,
    sql`${among} AND x.deleted_at IS NULL ${sql.join(words, sql` `)}
      ${author_id === undefined ? sql`` : sql`AND x.author_id = ${author_id}::uuid`}
      ${after === null ? sql`` : sql`AND x.id < ${after}::uuid`} ORDER BY x.id DESC LIMIT ${limit + 1}`,
  ).execute(ctx.tx)
  const page = rows.slice(0, limit)
  const channels = await readableChannels(ctx, page)
  const seen = page.filter((row) => channels.has(row.channel_id))
  const messages = await presentMessages(ctx, seen)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: messages.flatMap((message) => {
      const channel = channels.get(message.channel_id)
      return channel ? [{ message, channel }] : []
    }),
    next_cursor: last ? encodeCursor(order, JSON.stringify([last.id])) : null,
  }
}
