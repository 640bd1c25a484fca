/** Who is in a channel. */
import {
  mostChannelMembers,
  type ChatChannel,
  type ChatChannelMember,
  type chatNotifyLevels,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { conflict, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { lockChannel, requireChannel, requireRight, type Channel } from './access.ts'
import { addMembers, dropMember, listMembers, type Context } from './channel-rows.ts'
import { emitInChannel, emitToMember } from './facts.ts'
import { presentChannel } from './present-channel.ts'

export async function readMembers(
  ctx: Context,
  id: string,
): Promise<{ items: ChatChannelMember[]; next_cursor: null }> {
  const channel = await requireChannel(ctx, id)
  const rows = await listMembers(ctx, [channel.id])
  return { items: rows.map(({ channel_id: _, ...member }) => member), next_cursor: null }
}

/** Each of them hears of it by themselves, before the channel does: they know it then when the rest comes. */
export function tellJoined(ctx: Ctx, channel: Channel, user_ids: readonly string[]): void {
  if (user_ids.length === 0) return
  for (const user_id of user_ids) emitToMember(ctx, channel.id, user_id, 'chat.channel_joined')
  emitInChannel(ctx, channel, 'chat.member_joined', { user_ids }, { after: { user_ids } })
}

export async function invite(ctx: Ctx, id: string, user_ids: readonly string[]): Promise<ChatChannel> {
  const channel = await lockChannel(ctx, id)
  requireRight(ctx.actor, channel, 'invite')
  return join(ctx, channel, user_ids)
}

export async function joinChannel(ctx: Ctx, id: string): Promise<ChatChannel> {
  const channel = await lockChannel(ctx, id)
  if (channel.joined_at !== null) return presentChannel(ctx, channel)
  requireRight(ctx.actor, channel, 'join')
  return join(ctx, channel, ctx.actor.user_id === null ? [] : [ctx.actor.user_id])
}

async function join(ctx: Ctx, channel: Channel, user_ids: readonly string[]): Promise<ChatChannel> {
  tellJoined(ctx, channel, await addMembers(ctx, channel.id, user_ids))
  const changed = await presentChannel(ctx, await requireChannel(ctx, channel.id))
  if (changed.member_count > mostChannelMembers)
    throw conflict('too_many_members', `A channel has at most ${mostChannelMembers} members.`)
  return changed
}

/** Oneself, or somebody else whom one has to put out. */
export async function removeMember(ctx: Ctx, id: string, user_id: string): Promise<void> {
  const channel = await lockChannel(ctx, id)
  const own = user_id === ctx.actor.user_id
  if (channel.kind === 'direct' || channel.kind === 'record') requireRight(ctx.actor, channel, 'leave')
  if (!own) requireRight(ctx.actor, channel, 'remove')
  if (!(await dropMember(ctx, channel.id, user_id))) {
    if (own) return // a retry is not an error
    throw notFound('member', user_id)
  }
  emitToMember(ctx, channel.id, user_id, 'chat.channel_left')
  emitInChannel(
    ctx,
    channel,
    'chat.member_left',
    { user_ids: [user_id] },
    { before: { user_ids: [user_id] } },
  )
}

type Settings = { muted?: boolean; notify?: (typeof chatNotifyLevels)[number]; starred?: boolean }

export async function setSettings(
  ctx: Ctx,
  id: string,
  given: { [Key in keyof Settings]: Settings[Key] | undefined },
) {
  const channel = await requireChannel(ctx, id)
  await keepOf(ctx, channel)
  const { muted = null, notify = null, starred = null } = given
  await sql`
    UPDATE chat_members SET muted = coalesce(${muted}::boolean, muted), notify = coalesce(${notify}, notify),
      starred = coalesce(${starred}::boolean, starred)
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND channel_id = ${channel.id}::uuid
      AND user_id = ${ctx.actor.user_id}::uuid`.execute(ctx.tx)
  emitToMember(ctx, channel.id, ctx.actor.user_id, 'chat.settings_changed')
  return presentChannel(ctx, await requireChannel(ctx, id))
}

/** On a record there is nobody to join: whoever takes part has a row from then on. Elsewhere one has to be in it. */
export async function keepOf(ctx: Ctx, channel: Channel): Promise<void> {
  if (channel.joined_at !== null) return
  if (channel.kind !== 'record') return requireRight(ctx.actor, channel, 'leave')
  if (ctx.actor.user_id !== null) await addMembers(ctx, channel.id, [ctx.actor.user_id])
}
