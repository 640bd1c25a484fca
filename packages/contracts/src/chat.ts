/** Team chat: channels, who is in them, what is said there and what each member keeps of it. */
import { z } from 'zod'
import { ChatBody } from './chat-document.ts'
import {
  ChatDraft,
  ChatFile,
  ChatMessage,
  ChatMessageVersion,
  ChatReminder,
  Emoji,
  NewChatMessage,
  NewChatReminder,
} from './chat-messages.ts'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, optionalLine, page, Timestamp, Version } from './shared.ts'

export const chatChannelKinds = ['public', 'private', 'direct', 'record'] as const
export type ChatChannelKind = (typeof chatChannelKinds)[number]
/** Of what a member is notified: everything, what names them, nothing. */
export const chatNotifyLevels = ['all', 'mentions', 'none'] as const
export const mostChannelMembers = 5_000

const Person = z.object({ id: Id, name: z.string() })

export const ChatChannel = z.object({
  id: Id,
  kind: z.enum(chatChannelKinds),
  name: z
    .string()
    .describe('Of a direct one the others in it, of a record its title: as this reader may know them'),
  topic: z.string().nullable(),
  record: z.object({ object: z.string(), id: Id }).nullable(),
  people: z.array(Person).describe('Of a direct channel, those in it; empty of all others'),
  member_count: z.int(),
  last_seq: z.int(),
  last_message_at: Timestamp.nullable(),
  retention_days: z.int().nullable().describe('After how many days messages go for good'),
  archived_at: Timestamp.nullable(),
  version: z.int(),
  created_at: Timestamp,
  me: z
    .object({
      joined_at: Timestamp,
      last_read_seq: z.int(),
      unread_count: z.int().describe('Messages after that, without replies and one’s own; counted up to 100'),
      mention_count: z.int().describe('Among all after that, those that name the reader; up to 100'),
      muted: z.boolean(),
      notify: z.enum(chatNotifyLevels),
      starred: z.boolean(),
    })
    .nullable()
    .describe('What the reader keeps of it; null for who is not in it'),
  can: z.object({
    post: z.boolean(),
    join: z.boolean(),
    leave: z.boolean(),
    invite: z.boolean(),
    update: z.boolean(),
    remove: z.boolean().describe('Take others out'),
    archive: z.boolean().describe('Archive it, and take it out of the archive'),
    moderate: z.boolean().describe('Delete what others wrote, set the retention, export'),
  }),
})
export type ChatChannel = z.infer<typeof ChatChannel>

export const ChatChannelMember = z.object({
  user_id: Id,
  name: z.string(),
  joined_at: Timestamp,
  last_read_seq: z.int(),
})
export type ChatChannelMember = z.infer<typeof ChatChannelMember>

const Members = z.array(Id).min(1).max(500)

export const NewChatChannel = z
  .strictObject({
    kind: z.enum(chatChannelKinds),
    name: line(80).nullish(),
    topic: optionalLine(250),
    member_ids: Members.optional(),
    record: RecordRef.optional(),
  })
  .superRefine((channel, ctx) => {
    const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    const isNamed = channel.kind === 'public' || channel.kind === 'private'
    if (isNamed && !channel.name) refuse('name', 'is needed of such a channel')
    if ((channel.kind === 'record') !== (channel.record !== undefined))
      refuse('record', 'belongs to the conversation on a record, and only to that')
    if (channel.kind === 'record' && channel.member_ids)
      refuse('member_ids', 'are not given: whoever may read the record may read its conversation')
    if (channel.kind === 'direct' && !channel.member_ids) refuse('member_ids', 'are needed of such a channel')
    if (channel.kind === 'direct' && new Set(channel.member_ids).size > 15)
      refuse('member_ids', 'must not be more than 15: make a channel')
  })
export type NewChatChannel = z.output<typeof NewChatChannel>

export const ChatChannelChange = z.strictObject({
  name: line(80).optional(),
  topic: optionalLine(250),
  retention_days: z.int().min(1).max(3650).nullish(),
  archived: z.boolean().optional(),
  version: Version.optional(),
})
export type ChatChannelChange = z.output<typeof ChatChannelChange>

const ChannelQuery = z.strictObject({
  browse: z
    .enum(['true', 'false'])
    .default('false')
    .describe('All public channels, too, beside those that one is in'),
  archived: z.enum(['true', 'false']).default('false').describe('Archived ones instead'),
  q: z.string().max(80).optional().describe('In its name'),
  object: z.string().min(1).max(60).optional(),
  record_id: Id.optional().describe('With object: the conversation on that record, if there is one'),
  limit: z.coerce.number().int().min(1).max(200).default(200),
  cursor: z.string().max(2000).optional(),
})
export type ChatChannelQuery = z.output<typeof ChannelQuery>

const Seq = z.coerce.number().int().min(0).max(2_147_483_647)
const MessageQuery = z.strictObject({
  thread: Id.optional().describe('The replies to this message instead of what stands in the channel itself'),
  before: Seq.optional().describe('Those just before this place'),
  after: Seq.optional().describe('Those just after this place'),
  around: Id.optional().describe('This message in the middle'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})
export type ChatMessageQuery = z.output<typeof MessageQuery>

const SearchQuery = z.strictObject({
  q: z.string().trim().min(1).max(200),
  channel_id: Id.optional(),
  author_id: Id.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(2000).optional(),
})
export type ChatSearchQuery = z.output<typeof SearchQuery>

const FileQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2000).optional(),
})
export type ChatFileQuery = z.output<typeof FileQuery>

export const ChatMessagePage = z.object({
  items: z.array(ChatMessage).describe('In their order, the oldest first'),
  next_cursor: z.string().nullable().describe('Of those before them'),
  has_older: z.boolean(),
  has_newer: z.boolean(),
})
export type ChatMessagePage = z.infer<typeof ChatMessagePage>

const NewDraft = z.strictObject({
  reply_to: Id.nullish(),
  body: ChatBody.nullable().describe('Null: there is no draft any more'),
})
const Found = z.object({
  message: ChatMessage,
  channel: z.object({ id: Id, kind: z.enum(chatChannelKinds), name: z.string() }),
})
const Kept = z.object({ message: ChatMessage, file: ChatFile })
const MemberParams = z.strictObject({ id: Id, user_id: Id })
const ReactionParams = z.strictObject({ id: Id, emoji: Emoji })

export const chat = {
  channels: operation({
    method: 'GET',
    path: '/chat/channels',
    problems: [404],
    summary:
      'Channels that the caller is in, with what is unread; starred ones first, then by the last message',
    query: ChannelQuery,
    reply: page(ChatChannel),
  }),
  createChannel: operation({
    method: 'POST',
    path: '/chat/channels',
    problems: [404, 409],
    summary: 'Open a channel. The same people, or the same record, are answered with the same channel',
    body: NewChatChannel,
    status: 201,
    reply: ChatChannel,
  }),
  channel: operation({
    method: 'GET',
    path: '/chat/channels/{id}',
    summary: 'One channel',
    params: IdParams,
    reply: ChatChannel,
  }),
  updateChannel: operation({
    method: 'PATCH',
    path: '/chat/channels/{id}',
    summary:
      'Rename a channel, tell what it is about, archive it or take it out of the archive, set its retention',
    params: IdParams,
    body: ChatChannelChange,
    reply: ChatChannel,
  }),
  members: operation({
    method: 'GET',
    path: '/chat/channels/{id}/members',
    summary: 'Who is in a channel and how far they have read',
    params: IdParams,
    reply: page(ChatChannelMember),
  }),
  invite: operation({
    method: 'POST',
    path: '/chat/channels/{id}/members',
    summary: 'Bring members into a channel',
    problems: [409],
    params: IdParams,
    body: z.strictObject({ user_ids: Members }),
    reply: ChatChannel,
  }),
  removeMember: operation({
    method: 'DELETE',
    path: '/chat/channels/{id}/members/{user_id}',
    summary: 'Take somebody out of a channel; oneself: leave it',
    problems: [409],
    params: MemberParams,
    status: 204,
  }),
  join: operation({
    method: 'POST',
    path: '/chat/channels/{id}/join',
    summary: 'Join a public channel',
    problems: [409],
    params: IdParams,
    reply: ChatChannel,
  }),
  setSettings: operation({
    method: 'PATCH',
    path: '/chat/channels/{id}/settings',
    summary: 'What the caller keeps of a channel: mute it, be notified of less, star it',
    params: IdParams,
    body: z.strictObject({
      muted: z.boolean().optional(),
      notify: z.enum(chatNotifyLevels).optional(),
      starred: z.boolean().optional(),
    }),
    reply: ChatChannel,
  }),
  read: operation({
    method: 'PUT',
    path: '/chat/channels/{id}/read',
    summary: 'The caller has read up to this message; with `unread`, only what stands before it',
    params: IdParams,
    body: z.strictObject({ message_id: Id, unread: z.boolean().optional() }),
    reply: ChatChannel,
  }),
  messages: operation({
    method: 'GET',
    path: '/chat/channels/{id}/messages',
    summary: 'The newest messages of a channel, or those before, after or around a place',
    params: IdParams,
    query: MessageQuery,
    reply: ChatMessagePage,
  }),
  post: operation({
    method: 'POST',
    path: '/chat/channels/{id}/messages',
    summary: 'Say something',
    problems: [409],
    params: IdParams,
    body: NewChatMessage,
    status: 201,
    reply: ChatMessage,
  }),
  message: operation({
    method: 'GET',
    path: '/chat/messages/{id}',
    summary: 'One message, with the titles of the records that it names as far as the caller may know them',
    params: IdParams,
    reply: ChatMessage,
  }),
  edit: operation({
    method: 'PATCH',
    path: '/chat/messages/{id}',
    summary: 'Rewrite one’s own message; how it was is kept',
    params: IdParams,
    body: z.strictObject({ body: ChatBody }),
    reply: ChatMessage,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/chat/messages/{id}',
    summary: 'Delete a message: its place stays, what it said goes',
    params: IdParams,
    status: 204,
  }),
  versions: operation({
    method: 'GET',
    path: '/chat/messages/{id}/versions',
    summary: 'How a message was before each time it was rewritten, the newest first',
    params: IdParams,
    reply: page(ChatMessageVersion),
  }),
  react: operation({
    method: 'PUT',
    path: '/chat/messages/{id}/reactions/{emoji}',
    summary: 'React to a message',
    problems: [409],
    params: ReactionParams,
    reply: ChatMessage,
  }),
  unreact: operation({
    method: 'DELETE',
    path: '/chat/messages/{id}/reactions/{emoji}',
    summary: 'Take one’s reaction back',
    params: ReactionParams,
    reply: ChatMessage,
  }),
  pins: operation({
    method: 'GET',
    path: '/chat/channels/{id}/pins',
    summary: 'What is pinned in a channel, the last pinned first',
    params: IdParams,
    reply: page(ChatMessage),
  }),
  pin: operation({
    method: 'PUT',
    path: '/chat/messages/{id}/pin',
    summary: 'Pin a message to its channel',
    problems: [409],
    params: IdParams,
    reply: ChatMessage,
  }),
  unpin: operation({
    method: 'DELETE',
    path: '/chat/messages/{id}/pin',
    summary: 'Take a pin off',
    params: IdParams,
    reply: ChatMessage,
  }),
  reminders: operation({
    method: 'GET',
    path: '/chat/reminders',
    summary: 'Messages that the caller wants to be reminded of, and those they were reminded of lately',
    reply: page(ChatReminder),
  }),
  remind: operation({
    method: 'POST',
    path: '/chat/messages/{id}/reminders',
    summary: 'Be reminded of a message once, at that time; who asks again changes when',
    params: IdParams,
    body: NewChatReminder,
    status: 201,
    reply: ChatReminder,
  }),
  removeReminder: operation({
    method: 'DELETE',
    path: '/chat/reminders/{id}',
    summary: 'Not be reminded, or have done with a reminder',
    params: IdParams,
    status: 204,
  }),
  drafts: operation({
    method: 'GET',
    path: '/chat/drafts',
    summary: 'What the caller has begun to write, in every channel',
    reply: page(ChatDraft),
  }),
  setDraft: operation({
    method: 'PUT',
    path: '/chat/channels/{id}/draft',
    summary: 'Keep what the caller has begun to write in a channel, or in a thread of it',
    params: IdParams,
    body: NewDraft,
    status: 204,
  }),
  search: operation({
    method: 'GET',
    path: '/chat/search',
    summary: 'Messages with all of these words, in channels that the caller may read, the newest first',
    query: SearchQuery,
    problems: [404],
    reply: page(Found),
  }),
  files: operation({
    method: 'GET',
    path: '/chat/channels/{id}/files',
    summary: 'Files of a channel, the newest first',
    params: IdParams,
    query: FileQuery,
    reply: page(Kept),
  }),
  export: operation({
    method: 'GET',
    path: '/chat/channels/{id}/export',
    summary: 'All messages of a channel, one JSON object a line',
    params: IdParams,
    media: 'application/x-ndjson',
  }),
}
