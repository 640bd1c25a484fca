/** Channels: opening, finding, changing them. */
import type { ChatChannel, ChatChannelChange, ChatChannelQuery, NewChatChannel } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Alarms } from '../../platform/alarms.ts'
import { conflict, invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { readPlace } from '../records/index.ts'
import { lockChannel, requireChannel, requireRight, seeChannel, type Channel } from './access.ts'
import { addMembers, insertChannel, selectChannels, type Context, type NewChannel } from './channel-rows.ts'
import { emitInChannel } from './facts.ts'
import { tellJoined } from './members.ts'
import { presentChannel, presentChannels } from './present-channel.ts'
import { messageRetention } from './retention.ts'

const mostChannels = 20_000
const order = 'chat_channels:-starred,-last_message_at,-id'

/** Those of the caller, the starred ones first; the rest is asked with `browse`. */
export async function readChannels(ctx: Context, query: ChatChannelQuery) {
  const { browse, archived, q, object, record_id, limit, cursor } = query
  if ((object === undefined) !== (record_id === undefined))
    throw invalidField('query.object', 'invalid_value', 'goes together with record_id')
  if (object !== undefined && record_id !== undefined)
    await readPlace(ctx, { object, id: record_id }, 'query.object')
  const [starred, last, id] =
    cursor === undefined ? [] : decodeCursor(order, ['text', 'timestamptz', 'uuid'], cursor)
  const rank = sql`coalesce(m.starred, false), coalesce(c.last_message_at, c.created_at), c.id`
  const { rows } = await sql<Awaited<ReturnType<typeof requireChannel>> & { rank: string }>`
    ${selectChannels(
      ctx.actor,
      sql`c.archived_at IS ${archived === 'true' ? sql`NOT NULL` : sql`NULL`}
        AND ${
          record_id === undefined
            ? sql`(m.user_id IS NOT NULL ${browse === 'true' ? sql`OR c.kind = 'public'` : sql``})`
            : sql`c.kind = 'record' AND c.object = ${object} AND c.record_id = ${record_id}::uuid`
        }
        ${q === undefined ? sql`` : sql`AND position(${q.toLowerCase()} IN lower(c.name)) > 0`}
        ${id == null ? sql`` : sql`AND (${rank}) < (${starred === 'true'}, ${last}::timestamptz, ${id}::uuid)`}`,
    )} ORDER BY coalesce(m.starred, false) DESC, coalesce(c.last_message_at, c.created_at) DESC, c.id DESC LIMIT ${limit + 1}`.execute(
    ctx.tx,
  )
  const seen = await Promise.all(rows.slice(0, limit).map((row) => seeChannel(ctx, row)))
  const end = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: await presentChannels(
      ctx,
      seen.filter((channel): channel is Channel => channel !== null),
    ),
    next_cursor: end
      ? encodeCursor(
          order,
          JSON.stringify([String(end.starred ?? false), end.last_message_at ?? end.created_at, end.id]),
        )
      : null,
  }
}

export async function readChannel(ctx: Context, id: string): Promise<ChatChannel> {
  return presentChannel(ctx, await requireChannel(ctx, id))
}

/** The same people, and the same record, have one channel: whoever asks again is answered with it. */
export async function openChannel(ctx: Ctx, given: NewChatChannel): Promise<ChatChannel> {
  const { kind, name = null, topic = null, record, member_ids = [] } = given
  if (kind === 'record' && record) await readPlace(ctx, record, 'record.object')
  const own = ctx.actor.user_id
  const people = [...new Set(own === null ? member_ids : [own, ...member_ids])]
  if (kind === 'direct') await requireMembers(ctx, people)
  const channel: NewChannel = {
    id: newId(),
    kind,
    name: kind === 'public' || kind === 'private' ? (name ?? null) : null,
    topic: topic ?? null,
    object: record?.object ?? null,
    record_id: record?.id ?? null,
    direct_key: kind === 'direct' ? people.toSorted().join() : null,
  }
  if (kind !== 'record' && kind !== 'direct') await refuseTooMany(ctx)
  if (!(await insertChannel(ctx, channel))) return presentChannel(ctx, await findKnown(ctx, channel))
  const joined = await addMembers(ctx, channel.id, kind === 'record' ? (own === null ? [] : [own]) : people)
  const made = await requireChannel(ctx, channel.id)
  if (kind !== 'record') tellJoined(ctx, made, joined)
  emitInChannel(ctx, made, 'chat.channel_created', { kind }, { after: { kind, name: channel.name } })
  return presentChannel(ctx, made)
}

async function findKnown(ctx: Ctx, { direct_key, object, record_id }: NewChannel): Promise<Channel> {
  const { rows } = await selectChannels(
    ctx.actor,
    direct_key === null
      ? sql`c.object = ${object} AND c.record_id = ${record_id}::uuid`
      : sql`c.direct_key = ${direct_key}`,
  ).execute(ctx.tx)
  const [row] = rows
  if (!row) throw new Error('The channel is neither new nor known.')
  return requireChannel(ctx, row.id)
}

async function requireMembers({ tx, actor }: Ctx, user_ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM memberships WHERE organization_id = ${actor.organization_id}::uuid AND deactivated_at IS NULL
      AND user_id = ANY(${user_ids}::uuid[])`.execute(tx)
  if (rows.length < user_ids.length)
    throw invalidField('member_ids', 'not_a_member', 'must all be active members of this organization')
}

async function refuseTooMany({ tx, actor }: Ctx): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM chat_channels WHERE organization_id = ${actor.organization_id}::uuid
      AND kind IN ('public', 'private')`.execute(tx)
  if ((rows[0]?.count ?? 0) >= mostChannels)
    throw conflict('too_many_channels', `An organization can have ${mostChannels} channels.`)
}

export async function changeChannel(
  ctx: Ctx,
  alarms: Alarms,
  id: string,
  wanted: ChatChannelChange,
): Promise<ChatChannel> {
  const channel = await lockChannel(ctx, id)
  const { version, archived, ...fields } = wanted
  if (fields.name !== undefined || fields.topic !== undefined) requireRight(ctx.actor, channel, 'update')
  if (archived !== undefined) requireRight(ctx.actor, channel, 'archive')
  if (fields.retention_days !== undefined) requireRight(ctx.actor, channel, 'moderate')
  if (Object.keys(wanted).every((key) => key === 'version')) requireRight(ctx.actor, channel, 'update')
  if (version !== undefined && version !== channel.version)
    throw conflict('version_conflict', 'The channel was changed since the version that you read.', {
      current: await presentChannel(ctx, channel),
      conflicts: Object.keys(fields),
    })
  const after = {
    name: fields.name ?? channel.name,
    topic: fields.topic === undefined ? channel.topic : fields.topic,
    retention_days: fields.retention_days === undefined ? channel.retention_days : fields.retention_days,
    archived: archived ?? channel.archived_at !== null,
  }
  const before = {
    name: channel.name,
    topic: channel.topic,
    retention_days: channel.retention_days,
    archived: channel.archived_at !== null,
  }
  if (JSON.stringify(after) === JSON.stringify(before)) return presentChannel(ctx, channel)
  await sql`
    UPDATE chat_channels SET name = ${after.name}, topic = ${after.topic}, retention_days = ${after.retention_days}::int,
      archived_at = CASE WHEN ${after.archived}::boolean THEN coalesce(archived_at, now()) END, version = version + 1
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ${id}::uuid`.execute(ctx.tx)
  if (after.retention_days !== null) await alarms.set(ctx, messageRetention, new Date().toISOString())
  const changed = await requireChannel(ctx, id)
  emitInChannel(ctx, changed, 'chat.channel_updated', {}, { before, after })
  return presentChannel(ctx, changed)
}
