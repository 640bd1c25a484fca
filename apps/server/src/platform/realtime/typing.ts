/**
 * Who is writing in a channel: told to those who have it open, kept nowhere. Each is asked again whether they may read the
 * channel, since a conversation on a record is read by whoever may read the record at that moment.
 */
import type { Logger } from 'pino'
import { z } from 'zod'
import { openRedis } from '../redis.ts'
import { hearsChannel, visitChannel, type ChannelDoor } from './channels.ts'
import type { MemberServer } from './feed.ts'
import type { Acknowledge, MemberSocket, Typing } from './member.ts'

const Id = z.uuid().transform((id) => id.toLowerCase())
const Followed = z.object({ channel_id: Id })
const Written = z.object({ channel_id: Id, thread_id: Id.nullish() })
const mostFollowed = 20

const roomOf = (channel_id: string) => `following:${channel_id}`

/** Carries words from one process to the others; nothing is kept of them. */
export type SharedTyping = {
  tell: (typing: Told) => void
  onTold: (listener: (typing: Told) => void) => void
  close: () => void
}
type Told = Typing & { organization_id: string }

type Parts = {
  io: MemberServer
  channels: Pick<ChannelDoor, 'mayRead'>
  shared: SharedTyping | null
  log: Pick<Logger, 'warn'>
}

export function createTyping({ io, channels, shared, log }: Parts) {
  const reads = async (socket: MemberSocket, channel_id: string): Promise<boolean> =>
    hearsChannel(socket, channel_id) || (await channels.mayRead(socket.data.actor, channel_id)) !== null

  async function tellHere({ organization_id, ...typing }: Told): Promise<void> {
    for (const id of io.sockets.adapter.rooms.get(roomOf(typing.channel_id)) ?? []) {
      const socket = io.sockets.sockets.get(id) as MemberSocket | undefined
      const { actor } = socket?.data ?? {}
      if (!socket || !actor || actor.organization_id !== organization_id || actor.user_id === typing.user_id)
        continue
      if (await reads(socket, typing.channel_id)) socket.volatile.emit('typing', typing)
    }
  }
  const quietly = (work: Promise<void>) =>
    void work.catch((error: unknown) => log.warn({ err: error }, 'could not tell who is writing'))
  shared?.onTold((typing) => quietly(tellHere(typing)))

  async function follow(socket: MemberSocket, channel_id: string): Promise<string | null> {
    const known = await channels.mayRead(socket.data.actor, channel_id)
    if (known === null) return 'permission_missing'
    const followed = [...socket.rooms].filter((room) => room.startsWith(roomOf(''))).length
    if (followed >= mostFollowed) return 'too_many_open'
    void socket.join(roomOf(channel_id))
    if (known === 'public') visitChannel(socket, channel_id, true)
    return null
  }

  return {
    serve(socket: MemberSocket): void {
      socket.on('follow', (given, acknowledge) => {
        const parsed = Followed.safeParse(given)
        if (!parsed.success) return answer(acknowledge, 'invalid_input')
        quietly(follow(socket, parsed.data.channel_id).then((refused) => answer(acknowledge, refused)))
      })
      socket.on('unfollow', (given, acknowledge) => {
        const parsed = Followed.safeParse(given)
        if (!parsed.success) return answer(acknowledge, 'invalid_input')
        void socket.leave(roomOf(parsed.data.channel_id))
        visitChannel(socket, parsed.data.channel_id, false)
        answer(acknowledge, null)
      })
      socket.on('typing', (given) => {
        const parsed = Written.safeParse(given)
        const { user_id, name, organization_id } = socket.data.actor
        if (!parsed.success || user_id === null) return
        const { channel_id, thread_id = null } = parsed.data
        const told: Told = { organization_id, channel_id, thread_id, user_id, name }
        quietly(
          reads(socket, channel_id).then(async (may) => {
            if (!may) return
            shared?.tell(told)
            await tellHere(told)
          }),
        )
      })
    },
    stop: () => shared?.close(),
  }
}

const answer = (acknowledge: Acknowledge | undefined, code: string | null): void => {
  if (typeof acknowledge === 'function') acknowledge(code === null ? { ok: true } : { ok: false, code })
}

const channel = 'rapport:typing'

export function shareTyping(url: string, log: Pick<Logger, 'warn' | 'info'>): SharedTyping {
  const redis = openRedis(url, log)
  const subscriber = openRedis(url, log)
  const own = crypto.randomUUID()
  const listeners = new Set<(typing: Told) => void>()
  // Whoever cannot be reached tells of it in its own log; who is writing is not worth an error.
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined)
  subscriber.on('ready', () => quietly(subscriber.subscribe(channel)))
  subscriber.on('message', (_, text) => {
    const { process, ...typing } = JSON.parse(text) as Told & { process: string }
    if (process !== own) for (const listener of listeners) listener(typing)
  })
  return {
    tell: (typing) => quietly(redis.publish(channel, JSON.stringify({ ...typing, process: own }))),
    onTold: (listener) => void listeners.add(listener),
    close() {
      redis.disconnect()
      subscriber.disconnect()
    },
  }
}
