/** Reminders of messages: each is told once, in the transaction that marks it. */
import type { ChatReminder } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Alarms } from '../../platform/alarms.ts'
import { conflict, invalidField, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { seeChannel, type Channel } from './access.ts'
import { selectChannels, type Context } from './channel-rows.ts'
import { emitToMember } from './facts.ts'
import { selectMessages } from './message-rows.ts'
import { requireMessage } from './messages.ts'
import { presentChannels } from './present-channel.ts'
import { presentMessages } from './present-message.ts'

/** The name of the alarm. */
export const messageReminder = 'chat.reminder'
const most = 500
const shown_days = 7
const batchSize = 200

type Row = Pick<ChatReminder, 'id' | 'note' | 'due_at' | 'reminded_at'> & {
  message_id: string
  channel_id: string
}

/** Of messages that the caller may still read. */
export async function readReminders(
  ctx: Context,
  id?: string,
): Promise<{ items: ChatReminder[]; next_cursor: null }> {
  const { organization_id, user_id } = ctx.actor
  const org = sql`${organization_id}::uuid`
  const { rows } = await sql<Row>`
    SELECT r.id, r.message_id, x.channel_id, r.note, r.due_at, r.reminded_at FROM chat_reminders r
    JOIN chat_messages x ON x.organization_id = ${org} AND x.id = r.message_id
    WHERE r.organization_id = ${org} AND r.user_id = ${user_id}::uuid
      ${id === undefined ? sql`AND (r.reminded_at IS NULL OR r.reminded_at > now() - make_interval(days => ${shown_days}))` : sql`AND r.id = ${id}::uuid`}
    ORDER BY r.due_at, r.id LIMIT ${most}`.execute(ctx.tx)
  const channels = await readableChannels(ctx, rows)
  const seen = rows.filter(({ channel_id }) => channels.has(channel_id))
  const messages = await selectMessages(
    ctx,
    sql`x.id = ANY(${seen.map(({ message_id }) => message_id)}::uuid[])`,
  ).execute(ctx.tx)
  const presented = new Map(
    (await presentMessages(ctx, messages.rows)).map((message) => [message.id, message]),
  )
  const items = seen.flatMap(({ message_id, channel_id, ...reminder }) => {
    const message = presented.get(message_id)
    const channel = channels.get(channel_id)
    return message && channel ? [{ ...reminder, message, channel }] : []
  })
  return { items, next_cursor: null }
}

/** How the channels are called, of those that the caller may read. */
export async function readableChannels(ctx: Context, rows: readonly { channel_id: string }[]) {
  const ids = [...new Set(rows.map(({ channel_id }) => channel_id))]
  const found = await selectChannels(ctx.actor, sql`c.id = ANY(${ids}::uuid[])`).execute(ctx.tx)
  const seen = await Promise.all(found.rows.map((row) => seeChannel(ctx, row)))
  const presented = await presentChannels(
    ctx,
    seen.filter((channel): channel is Channel => channel !== null),
  )
  return new Map(presented.map(({ id, kind, name }) => [id, { id, kind, name }]))
}

type Given = { due_at: string; note?: string | null | undefined }

/** One for each message: who asks again changes when. It gets a new id then, since each is told of once. */
export async function remindOf(
  ctx: Ctx,
  alarms: Alarms,
  message_id: string,
  { due_at, note = null }: Given,
): Promise<ChatReminder> {
  const { row, channel } = await requireMessage(ctx, message_id)
  if (row.deleted_at !== null) throw conflict('message_deleted', 'The message is deleted.')
  if (Date.parse(due_at) <= Date.now()) throw invalidField('due_at', 'too_small', 'must be in the future')
  const { organization_id, user_id } = ctx.actor
  const id = newId()
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM chat_reminders WHERE organization_id = ${organization_id}::uuid AND user_id = ${user_id}::uuid
      AND reminded_at IS NULL AND message_id <> ${row.id}::uuid`.execute(ctx.tx)
  if ((rows[0]?.count ?? 0) >= most)
    throw conflict('too_many_reminders', `You can wait for ${most} reminders.`)
  await sql`
    INSERT INTO chat_reminders (organization_id, id, message_id, user_id, note, due_at)
    VALUES (${organization_id}::uuid, ${id}::uuid, ${row.id}::uuid, ${user_id}::uuid, ${note ?? null}, ${due_at}::timestamptz)
    ON CONFLICT (organization_id, user_id, message_id)
      DO UPDATE SET id = EXCLUDED.id, note = EXCLUDED.note, due_at = EXCLUDED.due_at, reminded_at = NULL`.execute(
    ctx.tx,
  )
  await alarms.set(ctx, messageReminder, due_at)
  emitToMember(ctx, channel.id, user_id, 'chat.reminder_set', { reminder_id: id, message_id })
  const [made] = (await readReminders(ctx, id)).items
  if (!made) throw new Error(`The reminder ${id} is gone.`)
  return made
}

export async function removeReminder(ctx: Ctx, id: string): Promise<void> {
  const { organization_id, user_id } = ctx.actor
  const { rows } = await sql<{ message_id: string; channel_id: string }>`
    DELETE FROM chat_reminders r USING chat_messages x WHERE r.organization_id = ${organization_id}::uuid AND r.id = ${id}::uuid
      AND r.user_id = ${user_id}::uuid AND x.organization_id = ${organization_id}::uuid AND x.id = r.message_id
    RETURNING r.message_id, x.channel_id`.execute(ctx.tx)
  const [gone] = rows
  if (!gone) throw notFound('reminder', id)
  emitToMember(ctx, gone.channel_id, user_id, 'chat.reminder_set', {
    reminder_id: id,
    message_id: gone.message_id,
  })
}

/** Rings: answers when the next one is due, at once while there are more. */
export async function ringReminders(ctx: Ctx): Promise<string | null> {
  const org = sql`${ctx.actor.organization_id}::uuid`
  const { rows } = await sql<Row & { user_id: string }>`
    WITH due AS (
      SELECT d.id FROM chat_reminders d WHERE d.organization_id = ${org} AND d.reminded_at IS NULL AND d.due_at <= now()
      ORDER BY d.due_at LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE chat_reminders r SET reminded_at = now() FROM due, chat_messages x
    WHERE r.organization_id = ${org} AND r.id = due.id AND x.organization_id = ${org} AND x.id = r.message_id
    RETURNING r.id, r.message_id, r.user_id, x.channel_id, r.note, r.due_at`.execute(ctx.tx)
  for (const { id, message_id, channel_id, user_id, note } of rows)
    emitToMember(ctx, channel_id, user_id, 'chat.reminder_due', {
      reminder_id: id,
      message_id,
      note,
      member_id: user_id,
    })
  const next = await sql<{ due_at: string | null }>`
    SELECT min(due_at) AS due_at FROM chat_reminders WHERE organization_id = ${org} AND reminded_at IS NULL`.execute(
    ctx.tx,
  )
  return next.rows[0]?.due_at ?? null
}
