/** Messages of the chat as they are told. */
import { z } from 'zod'
import { ChatBody } from './chat-document.ts'
import { ToldNoteBody } from './note-document.ts'
import { Id, line, Timestamp } from './shared.ts'

const Person = z.object({ id: Id.nullable(), name: z.string() })

export const ChatReaction = z.object({ emoji: z.string(), user_ids: z.array(Id) })
export type ChatReaction = z.infer<typeof ChatReaction>

export const ChatFile = z.object({
  id: Id,
  name: z.string(),
  number: z.int().describe('The version that is shown; its bytes come from /crm/attachments'),
  size: z.int(),
  media_type: z.string(),
  preview: z.enum(['none', 'pending', 'ready']),
})
export type ChatFile = z.infer<typeof ChatFile>

export const ChatLink = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  site: z.string(),
})
export type ChatLink = z.infer<typeof ChatLink>

/**
 * A message as everybody in the channel is told of it; `version` grows with whatever changes of it, reactions and replies
 * too, so that what is older than what one has can be left alone. Of a deleted one its place is left.
 */
export const ChatMessage = z.object({
  id: Id,
  channel_id: Id,
  seq: z.int().describe('Its place in the channel, the same for everybody; replies are counted along'),
  client_id: z.string(),
  author: Person,
  body: ToldNoteBody.nullable().describe('Null of a deleted message'),
  text: z.string().describe('What can be read in it, without what members and records are called'),
  people: z.array(z.object({ id: Id, name: z.string() })),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  records: z
    .array(z.object({ object: z.string(), id: Id, title: z.string() }))
    .describe(
      'Those that the reader may know of; empty in events, which all readers share: ask for the message',
    ),
  everyone: z.enum(['here', 'channel']).nullable(),
  reply_to: Id.nullable().describe('The message that its thread is about'),
  reply_count: z.int(),
  last_reply_at: Timestamp.nullable(),
  replier_ids: z.array(Id).describe('The last few who replied'),
  reactions: z.array(ChatReaction),
  files: z.array(ChatFile),
  links: z.array(ChatLink),
  pinned_at: Timestamp.nullable(),
  pinned_by: Id.nullable(),
  version: z.int(),
  created_at: Timestamp,
  edited_at: Timestamp.nullable(),
  deleted_at: Timestamp.nullable(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

/**
 * `data` of the events chat.message_created, chat.message_updated and chat.message_deleted: the message as it is when the
 * event is sent, whatever the event once told; of a reply also what it replies to.
 */
export const ChatMessageEvent = z.object({
  channel_id: Id,
  message_id: Id,
  seq: z.int(),
  direct: z.boolean().optional().describe('Whether it was said in a direct channel'),
  what: z.enum(['created', 'edited', 'deleted', 'reacted', 'pinned', 'replied', 'previewed']),
  reply_to: Id.nullable(),
  mentioned: z.array(Id).describe('Who is named now and was not before; empty of all but created and edited'),
  everyone: z.enum(['here', 'channel']).nullable(),
  message: ChatMessage.nullable().optional().describe('Null when it is gone for good'),
  root: ChatMessage.nullable().optional(),
})
export type ChatMessageEvent = z.infer<typeof ChatMessageEvent>

export const ChatMessageVersion = z.object({
  version: z.int(),
  body: ToldNoteBody,
  text: z.string(),
  saved_at: Timestamp,
})
export type ChatMessageVersion = z.infer<typeof ChatMessageVersion>

export const ChatReminder = z.object({
  id: Id,
  message: ChatMessage,
  channel: z.object({ id: Id, kind: z.string(), name: z.string() }),
  note: z.string().nullable(),
  due_at: Timestamp,
  reminded_at: Timestamp.nullable(),
})
export type ChatReminder = z.infer<typeof ChatReminder>

export const ChatDraft = z.object({
  channel_id: Id,
  reply_to: Id.nullable(),
  body: ToldNoteBody,
  updated_at: Timestamp,
})
export type ChatDraft = z.infer<typeof ChatDraft>

export const NewChatMessage = z.strictObject({
  client_id: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .describe('Made by who writes: the same one again is answered with the same message'),
  body: ChatBody,
  reply_to: Id.nullish(),
  attachment_ids: z.array(Id).max(20).optional(),
})
export type NewChatMessage = z.output<typeof NewChatMessage>

/** One emoji, with whatever joins and colours it. */
export const Emoji = z
  .string()
  .max(32)
  .regex(/^(?:\p{RGI_Emoji})$/v, 'must be one emoji')

export const NewChatReminder = z.strictObject({
  due_at: z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
  note: line(300).nullish(),
})
