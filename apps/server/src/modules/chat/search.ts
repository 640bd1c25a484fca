/** Messages by their words, in what the caller may read. */
import type { ChatSearchQuery } from '@rapport/contracts'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { textQuery } from '../search/index.ts'
import { requireChannel } from './access.ts'
import type { Context } from './channel-rows.ts'
import { selectMessages } from './message-rows.ts'
import { presentMessages } from './present-message.ts'
import { readableChannels } from './reminders.ts'

const order = 'chat_search:-id'
const beyondAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

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
  const asked = textQuery(q)
  if (!asked) return { items: [], next_cursor: null }
  const found = sql`SELECT chat_search(${ctx.actor.organization_id}::uuid, ${ctx.actor.user_id}::uuid, ${channel_id ?? null}::uuid,
    ${author_id ?? null}::uuid, ${asked.leads}::text[], ${asked.tests}::text[], ${asked.mask}::bigint, ${after ?? beyondAll}::uuid,
    ${limit + 1}::int)`
  const { rows } = await selectMessages(ctx, sql`x.id = ANY(ARRAY(${found})) ORDER BY x.id DESC`).execute(
    ctx.tx,
  )
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
