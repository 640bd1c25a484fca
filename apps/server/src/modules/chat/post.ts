/** Saying something: stored with its place in the channel before anybody hears of it. */
import { calledBy, isEmptyNote, noteText, type ChatMessage, type NewChatMessage } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { conflict, invalidField } from '../../platform/problems.ts'
import type { People } from '../../platform/realtime/people.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { textWords } from '../search/index.ts'
import { requireChannel, requireRight } from './access.ts'
import { dropDraft } from './drafts.ts'
import { emitMessage } from './facts.ts'
import { attachFiles } from './files.ts'
import { wantPreviews, type Previews } from './links.ts'
import { keepOf } from './members.ts'
import { findMentioned, findThoseHere, type ActorOf } from './mentions.ts'
import {
  findMessage,
  findSent,
  insertMessage,
  lockSending,
  setMentions,
  type MessageRow,
} from './message-rows.ts'
import { presentMessage, presentNew } from './present-message.ts'
import { writeWords } from './words.ts'

export type Parts = { actorOf: ActorOf; previews: Previews; people: People }

/**
 * The same client_id again is answered with the same message, as it is now. The channel is locked by the statement that
 * gives the message its place, and little comes after it: many who write at once wait for each other only so long.
 */
export async function postMessage(
  ctx: Ctx,
  parts: Parts,
  channel_id: string,
  { client_id, body, reply_to = null, attachment_ids = [] }: NewChatMessage,
): Promise<ChatMessage> {
  // Sent in one message; whoever sends the same again at the same time waits before it is looked for.
  const [, sent, channel, root_id] = await Promise.all([
    lockSending(ctx, client_id),
    findSent(ctx, client_id),
    requireChannel(ctx, channel_id),
    reply_to === null ? null : findRoot(ctx, channel_id, reply_to),
  ])
  if (sent?.channel_id === channel.id) return presentMessage(ctx, sent)
  if (sent) throw conflict('client_id_used', 'You have sent another message with this client_id.')
  requireRight(ctx.actor, channel, 'post')
  if (isEmptyNote(body) && attachment_ids.length === 0)
    throw invalidField('body', 'invalid_value', 'must say something, or come with a file')
  await keepOf(ctx, channel)
  const text = noteText(body)
  const { everyone } = calledBy(body)
  const named = { id: newId(), channel_id: channel.id, client_id, body, text, reply_to: root_id, everyone }
  const here = await findThoseHere(ctx, body, parts.people)
  const mentioned = await findMentioned(ctx, channel, body, { actorOf: parts.actorOf, here })
  const words = textWords(text)
  const [, , , row] = await Promise.all([
    dropDraft(ctx, channel.id, root_id),
    wantPreviews(ctx, parts.previews, named.id, body),
    writeWords(ctx, named, words),
    insertMessage(ctx, { ...named, words: words.text }),
  ])
  if (mentioned.length > 0) await setMentions(ctx, row, mentioned)
  if (attachment_ids.length > 0) await attachFiles(ctx, channel, row.id, attachment_ids)
  emitMessage(ctx, channel, 'chat.message_created', {
    message_id: row.id,
    seq: row.seq,
    what: 'created',
    reply_to: root_id,
    mentioned,
    everyone,
  })
  return attachment_ids.length > 0 ? presentMessage(ctx, row) : presentNew(ctx, row)
}

/** A reply to a reply belongs to the same thread. */
async function findRoot(ctx: Ctx, channel_id: string, id: string): Promise<string> {
  const row = await findMessage(ctx, id)
  if (!row || row.channel_id !== channel_id)
    throw invalidField('reply_to', 'unknown_record', 'must be a message of this channel')
  return row.reply_to ?? row.id
}

export async function kept(ctx: Pick<Ctx, 'tx' | 'actor'>, id: string): Promise<MessageRow> {
  const row = await findMessage(ctx, id)
  if (!row) throw new Error(`The message ${id} is gone.`)
  return row
}
