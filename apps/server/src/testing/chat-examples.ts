/** A valid request for what is said in the chat. */
import {
  operations,
  type ChatChannel,
  type ChatMessage,
  type ChatReminder,
  type Operation,
} from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export type Talk = { channel_id: string; message_id: string; reminder_id: string; user_id: string }

const nextYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString()

export async function talkExample(owner: Caller): Promise<Talk> {
  const channel = await owner.call<ChatChannel>('POST', '/chat/channels', {
    body: { kind: 'private', name: 'Example' },
  })
  const message = await owner.call<ChatMessage>('POST', `/chat/channels/${channel.body.id}/messages`, {
    body: { client_id: 'example', body: 'Good morning' },
  })
  const reminder = await owner.call<ChatReminder>('POST', `/chat/messages/${message.body.id}/reminders`, {
    body: { due_at: nextYear() },
  })
  if (reminder.status !== 201)
    throw new Error(
      `The example of the chat could not be made: ${channel.text} ${message.text} ${reminder.text}`,
    )
  return {
    channel_id: channel.body.id,
    message_id: message.body.id,
    reminder_id: reminder.body.id,
    user_id: owner.session.user.id,
  }
}

export function chatExamples({ channel_id, message_id, reminder_id, user_id }: Talk): [Operation, Example][] {
  const { chat } = operations
  const inChannel = { params: { id: channel_id } }
  const onMessage = { params: { id: message_id } }
  const withEmoji = { params: { id: message_id, emoji: encodeURIComponent('👍') } }
  return [
    [chat.channels, { query: 'browse=true' }],
    [chat.createChannel, { body: { kind: 'public', name: 'General', topic: 'All of us' } }],
    [chat.channel, inChannel],
    [chat.updateChannel, { ...inChannel, body: { topic: 'About the example' } }],
    [chat.members, inChannel],
    [chat.invite, { ...inChannel, body: { user_ids: [user_id] } }],
    [chat.removeMember, { params: { id: channel_id, user_id } }],
    [chat.join, inChannel],
    [chat.setSettings, { ...inChannel, body: { starred: true, notify: 'mentions' } }],
    [chat.read, { ...inChannel, body: { message_id } }],
    [chat.messages, { ...inChannel, query: 'limit=10' }],
    [chat.post, { ...inChannel, body: { client_id: 'second', body: 'How are you?' } }],
    [chat.message, onMessage],
    [chat.edit, { ...onMessage, body: { body: 'Good afternoon' } }],
    [chat.remove, onMessage],
    [chat.versions, onMessage],
    [chat.react, withEmoji],
    [chat.unreact, withEmoji],
    [chat.pins, inChannel],
    [chat.pin, onMessage],
    [chat.unpin, onMessage],
    [chat.reminders, {}],
    [chat.remind, { ...onMessage, body: { due_at: nextYear(), note: 'Answer' } }],
    [chat.removeReminder, { params: { id: reminder_id } }],
    [chat.drafts, {}],
    [chat.setDraft, { ...inChannel, body: { body: 'I have begun' } }],
    [chat.search, { query: 'q=morning' }],
    [chat.files, inChannel],
    [chat.export, inChannel],
  ]
}
