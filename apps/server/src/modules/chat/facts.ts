/**
 * What is told of the chat. What happens in a channel is told to those in it, on a record to those who may read the record;
 * what a member keeps for themselves, to that member alone. Events name a message; how it reads is added when they are sent.
 */
import type { ChatMessageEvent, EventType } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Channel } from './access.ts'

type Changes = { before?: Record<string, unknown>; after?: Record<string, unknown> }

export function emitInChannel(
  { emit }: Ctx,
  { id, place, name }: Channel,
  type: EventType & `chat.${string}`,
  data: Record<string, unknown>,
  changes: Changes | null = null,
): void {
  emit({
    type,
    ...(place
      ? {
          record: { object: place.kind.records.object, id: place.id, version: place.version },
          owner_id: place.owner_id,
        }
      : { record: { object: 'chat_channel', id, name } }),
    data: { channel_id: id, ...data },
    ...(changes ? { changes } : { unaudited: true as const }),
  })
}

export type MessageFact = Omit<ChatMessageEvent, 'channel_id' | 'direct' | 'message' | 'root'>

export const emitMessage = (
  ctx: Ctx,
  channel: Channel,
  type: EventType & `chat.message_${string}`,
  fact: MessageFact,
  changes: Changes | null = null,
): void => emitInChannel(ctx, channel, type, { ...fact, direct: channel.kind === 'direct' }, changes)

/** To one member alone, on all their screens. */
export function emitToMember(
  { emit }: Ctx,
  channel_id: string,
  user_id: string | null,
  type: EventType & `chat.${string}`,
  data: Record<string, unknown> = {},
): void {
  emit({
    type,
    record: { object: 'chat_membership', id: channel_id },
    owner_id: user_id,
    data: { channel_id, ...data },
    unaudited: true,
  })
}
