import type { ChatMessageEvent, RapportEvent } from '@rapport/contracts'
import { useEffect } from 'react'
import { noteSaid } from '../../app/followed.ts'
import { useConnection } from '../../app/connection.ts'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { ownerOf, useMe } from '../../app/session.ts'
import { announceNews } from './news.ts'
import { changeChannel, channelsQuery } from './api.ts'
import { chatKeys } from './keys.ts'
import { forgetChannel, hear, hearGone, readExpired } from './messages.ts'
import { outboxOf } from './unsent.ts'

/** Keeps the chat in step with what others do, on whatever page one is. Belongs once into the shell. */
export function useChatEvents(): void {
  const me = useMe()
  const owner = ownerOf(me)
  const connection = useConnection()
  useEffect(() => {
    if (connection === 'live') outboxOf(owner).wake()
  }, [connection, owner])
  useEvents((event) => {
    if (!event.type.startsWith('chat.')) return
    if (event.type.startsWith('chat.message_')) hearMessage(event.data as ChatMessageEvent, me.user.id, owner)
    else hearOther(event)
  })
}

function hearMessage(event: ChatMessageEvent, me: string, owner: string): void {
  const { channel_id, message_id, reply_to, what, message, root } = event
  if (root) hear(root, 'event')
  if (message) hear(message, 'event')
  else if (message === null) hearGone({ channel_id, thread: reply_to, id: message_id })
  if (what === 'pinned' || what === 'deleted') readAgain(chatKeys.pins(channel_id))
  if (what === 'deleted') readAgain(chatKeys.files(channel_id), chatKeys.reminders)
  if (what === 'edited')
    readAgain(chatKeys.versions(message_id), chatKeys.pins(channel_id), chatKeys.reminders)
  if (what !== 'created') return
  noteSaid(channel_id, message?.author.id ?? null)
  if (message?.author.id === me) outboxOf(owner).confirm(message.client_id)
  if (message && message.files.length > 0) readAgain(chatKeys.files(channel_id))
  count(event, message?.author.id ?? null, me)
  if (message && message.author.id !== me) announceNews(message)
}

/** What is unread grows as the server counts it; where the channel is not known here, the server is asked. */
function count(
  { channel_id, seq, reply_to, mentioned, message }: ChatMessageEvent,
  author: string | null,
  me: string,
) {
  const known = queryClient.getQueryData(channelsQuery.queryKey)
  if (known && !known.some(({ id }) => id === channel_id))
    return readAgain(chatKeys.channels, ['chat', 'on-record'])
  changeChannel(channel_id, (channel) => {
    if (seq <= channel.last_seq) return channel
    const later = {
      ...channel,
      last_seq: seq,
      last_message_at: message?.created_at ?? channel.last_message_at,
    }
    if (!channel.me || author === me || seq <= channel.me.last_read_seq) return later
    const { unread_count, mention_count } = channel.me
    return {
      ...later,
      me: {
        ...channel.me,
        unread_count: reply_to === null ? unread_count + 1 : unread_count,
        mention_count: mentioned.includes(me) ? mention_count + 1 : mention_count,
      },
    }
  })
}

function hearOther({ type, record, data }: RapportEvent): void {
  const channel_id = typeof data['channel_id'] === 'string' ? data['channel_id'] : record.id
  if (type === 'chat.draft_changed') return readAgain(chatKeys.drafts)
  if (type === 'chat.reminder_set' || type === 'chat.reminder_due') return readAgain(chatKeys.reminders)
  if (type === 'chat.channel_left') {
    forgetChannel(channel_id)
    readAgain(chatKeys.reminders)
  }
  if (type === 'chat.channel_updated' && data['what'] === 'expired') readExpired(channel_id)
  readAgain(chatKeys.channels, chatKeys.channel(channel_id), chatKeys.members(channel_id))
  if (type.startsWith('chat.channel_')) readAgain(['chat', 'browse'], ['chat', 'on-record'])
}
