/**
 * Who is in which channel, among an organization's sockets in this process. A socket is in the room of each channel that
 * its member is in, so that a message is encoded once and handed to one room; nobody is asked for each message. Which
 * channels those are is read when a socket comes and when an event says that it has changed, before that event is handed out.
 */
import { channelReader } from '@rapport/contracts'
import { scopeOf, type Actor } from '../actor.ts'
import type { EventRow } from '../events/reader.ts'
import type { MemberSocket } from './member.ts'

/** What real time must know of channels; the chat module supplies it. */
export type ChannelDoor = {
  /** The channels in which each of these members is. */
  channelsOf: (
    organization_id: string,
    user_ids: readonly string[],
  ) => Promise<ReadonlyMap<string, ReadonlySet<string>>>
  /** How the channel is read by the actor; null where it is not. */
  mayRead: (actor: Actor, channel_id: string) => Promise<'public' | 'member' | 'record' | null>
  /** The events as they are told now: with what they speak of as it has become. */
  complete: (organization_id: string, rows: readonly EventRow[]) => Promise<EventRow[]>
}

export const roomOfChannel = (channel_id: string) => `channel:${channel_id}` as const
const none: ReadonlySet<string> = new Set()
const membership = 'chat_membership'
const moves: ReadonlySet<string> = new Set(['chat.channel_joined', 'chat.channel_left'])

export class ChannelRooms {
  readonly #organization_id: string
  readonly #door: Pick<ChannelDoor, 'channelsOf'>
  readonly #sockets = new Set<MemberSocket>()
  readonly #live = new Set<MemberSocket>()
  readonly #wanted = new Set<MemberSocket>()
  #last: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null

  constructor(organization_id: string, door: Pick<ChannelDoor, 'channelsOf'>) {
    this.#organization_id = organization_id
    this.#door = door
  }

  /** From here the socket's channels are known and kept. */
  async enter(socket: MemberSocket): Promise<void> {
    this.#sockets.add(socket)
    await this.#read([socket])
  }

  /** It hears of its channels from now on as things happen. */
  goLive(socket: MemberSocket): void {
    this.#live.add(socket)
    for (const id of channelsIn(socket)) void socket.join(roomOfChannel(id))
  }

  /** It hears nothing until it goes live again. */
  rest(socket: MemberSocket): void {
    this.#live.delete(socket)
    for (const room of socket.rooms) if (room.startsWith(roomOfChannel(''))) void socket.leave(room)
  }

  leave(socket: MemberSocket): void {
    this.rest(socket)
    this.#sockets.delete(socket)
    this.#wanted.delete(socket)
  }

  /** Brings the rooms up to date with what this event says; null when it says nothing of them. */
  follow({ object, type, owner_id }: EventRow): Promise<void> | null {
    if (object !== membership || !moves.has(type)) return null
    return this.#read([...this.#sockets].filter(({ data }) => data.actor.user_id === owner_id))
  }

  /** One statement for all that want it; whoever asks waits for one that begins after they did. */
  #read(sockets: readonly MemberSocket[]): Promise<void> {
    if (sockets.length === 0) return Promise.resolve()
    for (const socket of sockets) this.#wanted.add(socket)
    this.#next ??= this.#last.then(() => this.#take())
    return this.#next
  }

  async #take(): Promise<void> {
    const taken = [...this.#wanted]
    this.#wanted.clear()
    this.#last = (this.#next ?? Promise.resolve()).catch(() => undefined)
    this.#next = null
    const users = new Set(taken.flatMap(({ data }) => data.actor.user_id ?? []))
    const channels = await this.#door.channelsOf(this.#organization_id, [...users])
    for (const socket of taken) this.#put(socket, channels.get(socket.data.actor.user_id ?? '') ?? none)
  }

  #put(socket: MemberSocket, channels: ReadonlySet<string>): void {
    const before = channelsIn(socket)
    socket.data.channels = channels
    if (!this.#live.has(socket)) return
    const after = channelsIn(socket)
    for (const id of before) if (!after.has(id)) void socket.leave(roomOfChannel(id))
    for (const id of after) if (!before.has(id)) void socket.join(roomOfChannel(id))
  }
}

/** None for who may not read the chat any more. */
const channelsIn = ({
  data: { actor, channels = none, visited = none },
}: MemberSocket): ReadonlySet<string> =>
  scopeOf(actor, channelReader) === undefined ? none : new Set([...channels, ...visited])

export const hearsChannel = ({ data }: MemberSocket, channel_id: string): boolean =>
  scopeOf(data.actor, channelReader) !== undefined &&
  (data.channels?.has(channel_id) === true || data.visited?.has(channel_id) === true)

/** A public channel is open on the socket's screen, or no longer. */
export function visitChannel(socket: MemberSocket, channel_id: string, open: boolean): void {
  const visited = new Set(socket.data.visited)
  if (open) visited.add(channel_id)
  else visited.delete(channel_id)
  socket.data.visited = visited
  if (hearsChannel(socket, channel_id)) void socket.join(roomOfChannel(channel_id))
  else void socket.leave(roomOfChannel(channel_id))
}
