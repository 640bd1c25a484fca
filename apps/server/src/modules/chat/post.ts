/** Saying something: stored with its place in the channel before anybody hears of it. */
import { calledBy, isEmptyNote, noteText, type ChatMessage, type NewChatMessage } from '@rapport/contracts'
import { v7 as uuidv7 } from 'uuid'
import { conflict, invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { lockChannel, requireRight, type Channel } from './access.ts'
import { dropDraft } from './drafts.ts'
import { emitMessage } from './facts.ts'
import { attachFiles } from './files.ts'
import { wantPreviews, type Previews } from './links.ts'
import { keepOf } from './members.ts'
import { findMentioned, type ActorOf } from './mentions.ts'
import { findMessage, findSent, insertMessage, setMentions, type MessageRow } from './message-rows.ts'
import { presentMessage } from './present-message.ts'
import { foldWords } from './words.ts'

export type Parts = { actorOf: ActorOf; previews: Previews }

/** The same client_id again is answered with the same message, as it is now. */
export async function postMessage(
  ctx: Ctx,
  parts: Parts,
  channel_id: string,
  { client_id, body, reply_to = null, attachment_ids = [] }: NewChatMessage,
): Promise<ChatMessage> {
  const channel = await lockChannel(ctx, channel_id)
  const sent = await findSent(ctx, client_id)
  if (sent?.channel_id === channel.id) return presentMessage(ctx, sent)
  requireRight(ctx.actor, channel, 'post')
  if (isEmptyNote(body) && attachment_ids.length === 0)
    throw invalidField('body', 'invalid_value', 'must say something, or come with a file')
  const root_id = reply_to === null ? null : await findRoot(ctx, channel, reply_to)
  await keepOf(ctx, channel)
  const { everyone } = calledBy(body)
  const text = noteText(body)
  const message = {
    id: uuidv7(),
    channel_id: channel.id,
    client_id,
    body,
    text,
    words: foldWords(text),
    reply_to: root_id,
    everyone,
  }
  const seq = sent ? undefined : await insertMessage(ctx, message)
  if (seq === undefined)
    throw conflict('client_id_used', 'You have sent another message with this client_id.')
  const mentioned = await findMentioned(ctx, channel, body, parts.actorOf)
  if (mentioned.length > 0) await setMentions(ctx, { ...message, seq }, mentioned)
  if (attachment_ids.length > 0) await attachFiles(ctx, channel, message.id, attachment_ids)
  await dropDraft(ctx, channel.id, root_id)
  await wantPreviews(ctx, parts.previews, message.id, body)
  emitMessage(ctx, channel, 'chat.message_created', {
    message_id: message.id,
    seq,
    what: 'created',
    reply_to: root_id,
    mentioned,
    everyone,
  })
  return presentMessage(ctx, await kept(ctx, message.id))
}

/** A reply to a reply belongs to the same thread. */
async function findRoot(ctx: Ctx, channel: Channel, id: string): Promise<string> {
  const row = await findMessage(ctx, id)
  if (!row || row.channel_id !== channel.id)
    throw invalidField('reply_to', 'unknown_record', 'must be a message of this channel')
  return row.reply_to ?? row.id
}

export async function kept(ctx: Pick<Ctx, 'tx' | 'actor'>, id: string): Promise<MessageRow> {
  const row = await findMessage(ctx, id)
  if (!row) throw new Error(`The message ${id} is gone.`)
  return row
}
