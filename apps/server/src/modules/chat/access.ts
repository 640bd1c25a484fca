/** Who may read a channel and what they may do there: written once, asked by everything else. */
import { sql } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import { conflict, forbidden, notFound } from '../../platform/problems.ts'
import { findPlace, kindOf, mayReadAt, type Place } from '../records/index.ts'
import { findChannel, type ChannelRow, type Context } from './channel-rows.ts'

/** A channel that the caller may read; `place` is the record that it is about. */
export type Channel = ChannelRow & { place: Place | null }

/** Throws a 404 where the caller may not read it, as if it were not there. */
export async function requireChannel(ctx: Context, id: string, lock = sql``): Promise<Channel> {
  const row = await findChannel(ctx, sql`c.id = ${id}::uuid ${lock}`)
  const channel = row && (await seeChannel(ctx, row))
  if (!channel) throw notFound('channel', id)
  return channel
}

/** The same, so that whatever else changes in the channel waits for the end of the transaction. */
export const lockChannel = (ctx: Context, id: string): Promise<Channel> =>
  requireChannel(ctx, id, sql`FOR NO KEY UPDATE OF c`)

/** Null where the caller may not read it. */
export async function seeChannel(ctx: Context, row: ChannelRow): Promise<Channel | null> {
  if (scopeOf(ctx.actor, 'chat:read') === undefined) return null
  if (row.kind === 'public') return { ...row, place: null }
  if (row.kind !== 'record') return row.joined_at === null ? null : { ...row, place: null }
  const kind = row.object === null ? undefined : kindOf(row.object, ctx.actor)
  const place = kind && row.record_id !== null ? await findPlace(ctx, kind, row.record_id) : undefined
  return place && mayReadAt(ctx.actor, place) ? { ...row, place } : null
}

const has = (actor: Actor, permission: 'chat:write' | 'chat:manage') =>
  scopeOf(actor, permission) !== undefined

/** As far as the caller may read it. */
export function rightsIn(actor: Actor, { kind, archived_at, joined_at, place, created_by }: Channel) {
  const open = archived_at === null && (place === null || place.deleted_at === null)
  const isPart = kind === 'record' || joined_at !== null
  const named = kind === 'public' || kind === 'private'
  const writes = has(actor, 'chat:write')
  const moderate = kind !== 'direct' && has(actor, 'chat:manage')
  const owns = named && isPart && writes && created_by !== null && created_by === actor.user_id
  return {
    post: open && isPart && writes,
    join: open && kind === 'public' && joined_at === null && writes,
    leave: named && joined_at !== null,
    invite: open && named && isPart && writes,
    update: named && (isPart ? writes : has(actor, 'chat:manage')),
    remove: named && (moderate || owns),
    archive: moderate || owns,
    moderate,
  }
}
export type Right = keyof ReturnType<typeof rightsIn>

export function requireRight(actor: Actor, channel: Channel, right: Right): void {
  if (rightsIn(actor, channel)[right]) return
  const needsOpen = right === 'post' || right === 'join' || right === 'invite'
  if (needsOpen && channel.archived_at !== null)
    throw conflict('channel_archived', 'The channel is archived. Take it out of the archive first.')
  if (channel.kind === 'direct' || channel.kind === 'record')
    if (right !== 'post' && right !== 'archive' && right !== 'moderate')
      throw conflict(
        'fixed_members',
        'This cannot be changed of a direct channel or of a record’s conversation.',
      )
  throw forbidden('not_in_channel', 'You may read this channel, but not do this in it.')
}
