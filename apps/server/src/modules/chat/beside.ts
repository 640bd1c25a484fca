/** What changes by itself beside a message: the pictures of its files, what is told of its links. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { findPlace, kindOf } from '../records/index.ts'
import type { Channel } from './access.ts'
import { findChannel, type Context } from './channel-rows.ts'
import { emitMessage } from './facts.ts'
import { bump, findMessage } from './message-rows.ts'

export async function tellChanged(ctx: Ctx, message_id: string): Promise<void> {
  await bump(ctx, message_id)
  const row = await findMessage(ctx, message_id)
  const channel = row && (await findAnyChannel(ctx, row.channel_id))
  if (!row || !channel) return
  const { seq, reply_to } = row
  emitMessage(ctx, channel, 'chat.message_updated', {
    message_id,
    seq,
    what: 'previewed',
    reply_to,
    mentioned: [],
    everyone: null,
  })
}

/** Whoever asks: for what the system does by itself. */
export async function findAnyChannel(ctx: Context, id: string): Promise<Channel | null> {
  const row = await findChannel(ctx, sql`c.id = ${id}::uuid`)
  if (!row) return null
  if (row.object === null || row.record_id === null) return { ...row, place: null }
  const kind = kindOf(row.object, { ...ctx.actor, own_objects: new Set([row.object]) })
  const place = kind && (await findPlace(ctx, kind, row.record_id))
  return place ? { ...row, place } : null
}
