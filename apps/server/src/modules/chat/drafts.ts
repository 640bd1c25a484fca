/** What members have begun to write: seen by themselves alone, on all their devices. */
import { isEmptyNote, type ChatDraft, type NoteDocument } from '@rapport/contracts'
import { sql } from 'kysely'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { requireChannel, seeChannel } from './access.ts'
import { selectChannels, type Context } from './channel-rows.ts'
import { emitToMember } from './facts.ts'
import { findMessage } from './message-rows.ts'

/** Drafts in channels that the caller may not read any more are not told. */
export async function readDrafts(ctx: Context): Promise<{ items: ChatDraft[]; next_cursor: null }> {
  const { organization_id, user_id } = ctx.actor
  const { rows } = await sql<Omit<ChatDraft, 'reply_to'> & { thread_id: string }>`
    SELECT channel_id, thread_id, body, updated_at FROM chat_drafts
    WHERE organization_id = ${organization_id}::uuid AND user_id = ${user_id}::uuid ORDER BY updated_at DESC LIMIT 200`.execute(
    ctx.tx,
  )
  const ids = [...new Set(rows.map(({ channel_id }) => channel_id))]
  const channels = await selectChannels(ctx.actor, sql`c.id = ANY(${ids}::uuid[])`).execute(ctx.tx)
  const seen = await Promise.all(channels.rows.map((row) => seeChannel(ctx, row)))
  const readable = new Set(seen.map((channel) => channel?.id))
  return {
    items: rows
      .filter(({ channel_id }) => readable.has(channel_id))
      .map(({ thread_id, ...draft }) => ({
        ...draft,
        reply_to: thread_id === draft.channel_id ? null : thread_id,
      })),
    next_cursor: null,
  }
}

type Given = { reply_to?: string | null | undefined; body: NoteDocument | null }

export async function setDraft(ctx: Ctx, id: string, { reply_to = null, body }: Given): Promise<void> {
  const channel = await requireChannel(ctx, id)
  if (reply_to !== null && (await findMessage(ctx, reply_to))?.channel_id !== channel.id)
    throw invalidField('reply_to', 'unknown_record', 'must be a message of this channel')
  const { organization_id, user_id } = ctx.actor
  if (body === null || isEmptyNote(body)) await dropDraft(ctx, id, reply_to)
  else
    await sql`
      INSERT INTO chat_drafts (organization_id, channel_id, user_id, thread_id, body)
      VALUES (${organization_id}::uuid, ${id}::uuid, ${user_id}::uuid, ${reply_to ?? id}::uuid, ${JSON.stringify(body)}::jsonb)
      ON CONFLICT (organization_id, user_id, channel_id, thread_id) DO UPDATE SET body = excluded.body, updated_at = now()`.execute(
      ctx.tx,
    )
  emitToMember(ctx, id, user_id, 'chat.draft_changed', { reply_to })
}

export async function dropDraft(
  { tx, actor }: Context,
  channel_id: string,
  reply_to: string | null,
): Promise<void> {
  await sql`
    DELETE FROM chat_drafts WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${actor.user_id}::uuid
      AND channel_id = ${channel_id}::uuid AND thread_id = ${reply_to ?? channel_id}::uuid`.execute(tx)
}
