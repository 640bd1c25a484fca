/** Reading messages: the newest, those around a place, one by itself, how one was. */
import type { ChatMessagePage, ChatMessageQuery, ChatMessageVersion } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { invalidField, notFound } from '../../platform/problems.ts'
import { requireChannel, type Channel } from './access.ts'
import type { Context } from './channel-rows.ts'
import { findMessage, selectMessages, type MessageRow } from './message-rows.ts'
import { presentMessage, presentMessages } from './present-message.ts'

const order = 'chat_messages:-seq'

export async function readMessages(
  ctx: Context,
  channel_id: string,
  query: ChatMessageQuery,
): Promise<ChatMessagePage> {
  const channel = await requireChannel(ctx, channel_id)
  const { thread, after, around, limit, cursor } = query
  const given = [query.before, after, around, cursor].filter((one) => one !== undefined)
  if (given.length > 1)
    throw invalidField(
      'query.before',
      'invalid_value',
      'goes alone: give one of before, after, around and cursor',
    )
  const [continued] = cursor === undefined ? [] : decodeCursor(order, ['int4'], cursor)
  const before = continued == null ? query.before : Number(continued)
  const scope =
    thread === undefined
      ? sql`x.channel_id = ${channel.id}::uuid AND x.reply_to IS NULL`
      : sql`x.channel_id = ${channel.id}::uuid AND x.reply_to = ${thread}::uuid`
  if (around !== undefined) return readAround(ctx, scope, await placeOf(ctx, channel, around), limit)
  if (after !== undefined) {
    const newer = await take(ctx, scope, sql`x.seq > ${after}`, 'ASC', limit + 1)
    return toPage(ctx, newer.slice(0, limit), { has_older: after > 0, has_newer: newer.length > limit })
  }
  const older = await take(
    ctx,
    scope,
    before === undefined ? sql`true` : sql`x.seq < ${before}`,
    'DESC',
    limit + 1,
  )
  return toPage(ctx, older.slice(0, limit).toReversed(), {
    has_older: older.length > limit,
    has_newer: before !== undefined && before <= channel.last_seq,
  })
}

async function readAround(
  ctx: Context,
  scope: RawBuilder<unknown>,
  seq: number,
  limit: number,
): Promise<ChatMessagePage> {
  const half = Math.max(1, Math.floor(limit / 2))
  const [older, newer] = await Promise.all([
    take(ctx, scope, sql`x.seq < ${seq}`, 'DESC', half + 1),
    take(ctx, scope, sql`x.seq >= ${seq}`, 'ASC', half + 1),
  ])
  return toPage(ctx, [...older.slice(0, half).toReversed(), ...newer.slice(0, half)], {
    has_older: older.length > half,
    has_newer: newer.length > half,
  })
}

/** Where it stands in the channel: a reply, in the channel itself, where that stands which it replies to. */
async function placeOf(ctx: Context, channel: Channel, id: string): Promise<number> {
  const row = await findMessage(ctx, id)
  if (!row || row.channel_id !== channel.id) throw notFound('message', id)
  return row.seq
}

async function take(
  ctx: Context,
  scope: RawBuilder<unknown>,
  place: RawBuilder<unknown>,
  direction: 'ASC' | 'DESC',
  limit: number,
): Promise<MessageRow[]> {
  const which = sql`${scope} AND ${place} ORDER BY x.seq ${sql.raw(direction)} LIMIT ${limit}`
  return (await selectMessages(ctx, which).execute(ctx.tx)).rows
}

async function toPage(
  ctx: Context,
  rows: readonly MessageRow[],
  { has_older, has_newer }: Pick<ChatMessagePage, 'has_older' | 'has_newer'>,
): Promise<ChatMessagePage> {
  const [first] = rows
  return {
    items: await presentMessages(ctx, rows),
    next_cursor: has_older && first ? encodeCursor(order, JSON.stringify([String(first.seq)])) : null,
    has_older,
    has_newer,
  }
}

/** Whoever may not read the channel does not see that there is such a message. */
export async function requireMessage(
  ctx: Context,
  id: string,
  find: typeof requireChannel = requireChannel,
): Promise<{ channel: Channel; row: MessageRow }> {
  const known = await findMessage(ctx, id)
  if (!known) throw notFound('message', id)
  try {
    const channel = await find(ctx, known.channel_id)
    // As it is once the channel is locked, where it is.
    const row = find === requireChannel ? known : await findMessage(ctx, id)
    if (!row) throw notFound('message', id)
    return { channel, row }
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) throw notFound('message', id)
    throw error
  }
}

export async function readMessage(ctx: Context, id: string) {
  return presentMessage(ctx, (await requireMessage(ctx, id)).row)
}

export async function readVersions(
  ctx: Context,
  id: string,
): Promise<{ items: ChatMessageVersion[]; next_cursor: null }> {
  const { row } = await requireMessage(ctx, id)
  const { rows } = await sql<ChatMessageVersion>`
    SELECT version, body, text, saved_at FROM chat_message_versions
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND message_id = ${row.id}::uuid
    ORDER BY version DESC LIMIT 100`.execute(ctx.tx)
  return { items: rows, next_cursor: null }
}
