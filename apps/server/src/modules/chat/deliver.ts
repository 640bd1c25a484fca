/** What real time asks of the chat: who is in which channel, and how the messages read of which events tell. */
import type { ChatMessage, EventType } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import type { EventRow } from '../../platform/events/reader.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { ChannelDoor } from '../../platform/realtime/channels.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { seeChannel } from './access.ts'
import { findChannel } from './channel-rows.ts'
import { selectMessages } from './message-rows.ts'
import { presentShared } from './present-message.ts'

const ofMessages: ReadonlySet<EventType> = new Set([
  'chat.message_created',
  'chat.message_updated',
  'chat.message_deleted',
])

export const channelDoor = (tenancy: Pick<Tenancy, 'inTenant' | 'readTenant'>): ChannelDoor => ({
  async channelsOf(organization_id, user_ids) {
    const rows = await tenancy.readTenant(
      systemActor(organization_id),
      sql<{ user_id: string; channel_id: string }>`
        SELECT m.user_id, m.channel_id FROM chat_members m
        JOIN chat_channels c ON c.organization_id = m.organization_id AND c.id = m.channel_id AND c.kind <> 'record'
        WHERE m.organization_id = ${organization_id}::uuid AND m.user_id = ANY(${user_ids}::uuid[])`.compile(
        queryBuilder,
      ),
    )
    const channels = new Map<string, Set<string>>()
    for (const { user_id, channel_id } of rows)
      channels.set(user_id, (channels.get(user_id) ?? new Set()).add(channel_id))
    return channels
  },

  async mayRead(actor, channel_id) {
    const channel = await tenancy.inTenant(actor, async (ctx) => {
      const row = await findChannel(ctx, sql`c.id = ${channel_id}::uuid`)
      return row ? seeChannel(ctx, row) : null
    })
    if (!channel) return null
    return channel.kind === 'private' || channel.kind === 'direct' ? 'member' : channel.kind
  },

  /** Read once for all who hear of them. Events keep no words, so what is deleted is not told from an old one. */
  async complete(organization_id, rows) {
    const told = rows.filter(({ type }) => ofMessages.has(type))
    if (told.length === 0) return [...rows]
    const ids = new Set(told.flatMap(namedBy))
    const messages = await tenancy.inTenant(systemActor(organization_id), async (ctx) => {
      const found = await selectMessages(ctx, sql`x.id = ANY(${[...ids]}::uuid[])`).execute(ctx.tx)
      return new Map((await presentShared(ctx, found.rows)).map((message) => [message.id, message]))
    })
    return rows.map((row) => (ofMessages.has(row.type) ? completed(row, messages) : row))
  },
})

const namedBy = ({ data }: EventRow): string[] =>
  [data['message_id'], data['reply_to']].filter((id) => typeof id === 'string')

function completed(row: EventRow, messages: ReadonlyMap<string, ChatMessage>): EventRow {
  const [message_id = '', root_id] = namedBy(row)
  const root = root_id === undefined ? {} : { root: messages.get(root_id) ?? null }
  return { ...row, data: { ...row.data, message: messages.get(message_id) ?? null, ...root } }
}
