/** What becomes of messages: they are rewritten, deleted, reacted to, pinned. */
import { calledBy, isEmptyNote, noteText, type ChatMessage, type NoteDocument } from '@rapport/contracts'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { conflict, forbidden, invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { textWords } from '../search/index.ts'
import { lockChannel, requireRight, rightsIn, type Channel } from './access.ts'
import { emitMessage, type MessageFact } from './facts.ts'
import { dropFiles } from './files.ts'
import { wantPreviews } from './links.ts'
import { findMentioned } from './mentions.ts'
import { bump, setMentions, type MessageRow } from './message-rows.ts'
import { requireMessage } from './messages.ts'
import { kept, type Parts } from './post.ts'
import { presentMessage } from './present-message.ts'
import { forgetWords, writeWords } from './words.ts'

const mostReactions = 50
const mostPins = 100

const lockMessage = (ctx: Ctx, id: string) => requireMessage(ctx, id, lockChannel)

const factOf = (row: MessageRow, what: MessageFact['what']): MessageFact => ({
  message_id: row.id,
  seq: row.seq,
  what,
  reply_to: row.reply_to,
  mentioned: [],
  everyone: null,
})

export async function editMessage(
  ctx: Ctx,
  parts: Parts,
  id: string,
  body: NoteDocument,
): Promise<ChatMessage> {
  const { channel, row } = await lockMessage(ctx, id)
  refuseDeleted(row)
  if (row.author_id === null || row.author_id !== ctx.actor.user_id)
    throw forbidden('not_your_message', 'Only who wrote a message can rewrite it.')
  requireRight(ctx.actor, channel, 'post')
  if (isDeepStrictEqual(body, row.body)) return presentMessage(ctx, row)
  if (isEmptyNote(body))
    throw invalidField('body', 'invalid_value', 'must say something; or delete the message')
  const text = noteText(body)
  const { everyone } = calledBy(body)
  const org = sql`${ctx.actor.organization_id}::uuid`
  await sql`
    INSERT INTO chat_message_versions (organization_id, message_id, version, body, text, saved_at)
    SELECT organization_id, id, version, body, text, coalesce(edited_at, created_at) FROM chat_messages
    WHERE organization_id = ${org} AND id = ${id}::uuid`.execute(ctx.tx)
  const words = textWords(text)
  await forgetWords(ctx, sql`m.id = ${id}::uuid`)
  await bump(
    ctx,
    id,
    sql`, body = ${JSON.stringify(body)}::jsonb, text = ${text}, words = ${words.text}, everyone = ${everyone}, edited_at = now()`,
  )
  await writeWords(ctx, row, words)
  const before = await readMentioned(ctx, id)
  const named = await findMentioned(ctx, channel, body, parts)
  // Who was here when it was said stays called; nobody is called by a correction.
  const mentioned =
    row.everyone === 'here' && everyone === 'here' ? [...new Set([...named, ...before])] : named
  await setMentions(ctx, row, mentioned)
  await wantPreviews(ctx, parts.previews, id, body)
  emitMessage(ctx, channel, 'chat.message_updated', {
    ...factOf(row, 'edited'),
    mentioned: mentioned.filter((user) => !before.includes(user)),
    everyone: row.everyone === null ? everyone : null,
  })
  return presentMessage(ctx, await kept(ctx, id))
}

async function readMentioned({ tx, actor }: Ctx, id: string): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM chat_mentions WHERE organization_id = ${actor.organization_id}::uuid AND message_id = ${id}::uuid`.execute(
    tx,
  )
  return rows.map(({ user_id }) => user_id)
}

/** Its place stays, what it said goes, everywhere. The audit log keeps who took it away. */
export async function deleteMessage(ctx: Ctx, id: string): Promise<void> {
  const { channel, row } = await lockMessage(ctx, id)
  const own = row.author_id !== null && row.author_id === ctx.actor.user_id
  if (!own && !rightsIn(ctx.actor, channel).moderate)
    throw forbidden('not_your_message', 'Only who wrote a message, or who manages the chat, can delete it.')
  if (row.deleted_at !== null) return // a retry is not an error
  const org = sql`${ctx.actor.organization_id}::uuid`
  await forgetWords(ctx, sql`m.id = ${id}::uuid`)
  await bump(
    ctx,
    id,
    sql`, body = NULL, text = '', words = '', everyone = NULL, pinned_at = NULL, pinned_by = NULL, deleted_at = now(),
      deleted_by = ${ctx.actor.user_id}::uuid`,
  )
  for (const table of [
    'chat_message_versions',
    'chat_mentions',
    'chat_reactions',
    'chat_links',
    'chat_reminders',
  ])
    await sql`DELETE FROM ${sql.table(table)} WHERE organization_id = ${org} AND message_id = ${id}::uuid`.execute(
      ctx.tx,
    )
  await dropFiles(ctx, id)
  emitMessage(ctx, channel, 'chat.message_deleted', factOf(row, 'deleted'), {
    before: { message_id: id, author: row.author_name, seq: row.seq },
  })
}

export async function react(ctx: Ctx, id: string, emoji: string): Promise<ChatMessage> {
  const { channel, row } = await lockMessage(ctx, id)
  refuseDeleted(row)
  requireRight(ctx.actor, channel, 'post')
  const { rows } = await sql<{ emoji: string }>`
    SELECT DISTINCT emoji FROM chat_reactions WHERE organization_id = ${ctx.actor.organization_id}::uuid AND message_id = ${id}::uuid`.execute(
    ctx.tx,
  )
  if (rows.length >= mostReactions && !rows.some((known) => known.emoji === emoji))
    throw conflict('too_many_reactions', `A message has at most ${mostReactions} different reactions.`)
  const { numAffectedRows } = await sql`
    INSERT INTO chat_reactions (organization_id, message_id, emoji, user_id)
    VALUES (${ctx.actor.organization_id}::uuid, ${id}::uuid, ${emoji}, ${ctx.actor.user_id}::uuid) ON CONFLICT DO NOTHING`.execute(
    ctx.tx,
  )
  return tellReaction(ctx, channel, row, numAffectedRows)
}

export async function unreact(ctx: Ctx, id: string, emoji: string): Promise<ChatMessage> {
  const { channel, row } = await lockMessage(ctx, id)
  const { numAffectedRows } = await sql`
    DELETE FROM chat_reactions WHERE organization_id = ${ctx.actor.organization_id}::uuid AND message_id = ${id}::uuid
      AND emoji = ${emoji} AND user_id = ${ctx.actor.user_id}::uuid`.execute(ctx.tx)
  return tellReaction(ctx, channel, row, numAffectedRows)
}

async function tellReaction(
  ctx: Ctx,
  channel: Channel,
  row: MessageRow,
  changed: bigint | undefined,
): Promise<ChatMessage> {
  if (Number(changed ?? 0) > 0) {
    await bump(ctx, row.id)
    emitMessage(ctx, channel, 'chat.message_updated', factOf(row, 'reacted'))
  }
  return presentMessage(ctx, await kept(ctx, row.id))
}

/** Whoever may write may pin and unpin. */
export async function setPinned(ctx: Ctx, id: string, pinned: boolean): Promise<ChatMessage> {
  const { channel, row } = await lockMessage(ctx, id)
  refuseDeleted(row)
  requireRight(ctx.actor, channel, 'post')
  if ((row.pinned_at !== null) === pinned) return presentMessage(ctx, row)
  if (pinned) await refuseManyPins(ctx, channel)
  await bump(
    ctx,
    id,
    pinned
      ? sql`, pinned_at = now(), pinned_by = ${ctx.actor.user_id}::uuid`
      : sql`, pinned_at = NULL, pinned_by = NULL`,
  )
  emitMessage(ctx, channel, 'chat.message_updated', factOf(row, 'pinned'))
  return presentMessage(ctx, await kept(ctx, id))
}

async function refuseManyPins({ tx, actor }: Ctx, { id }: Channel): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM chat_messages WHERE organization_id = ${actor.organization_id}::uuid
      AND channel_id = ${id}::uuid AND pinned_at IS NOT NULL`.execute(tx)
  if ((rows[0]?.count ?? 0) >= mostPins)
    throw conflict('too_many_pins', `A channel has at most ${mostPins} pins.`)
}

function refuseDeleted({ deleted_at }: MessageRow): void {
  if (deleted_at !== null) throw conflict('message_deleted', 'The message is deleted.')
}
