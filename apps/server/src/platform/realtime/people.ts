/**
 * Who is here. Each process counts the sockets of its members and tells them what changes; what the others count comes
 * through `shared`, with a life of its own: a process, or a browser, that has died is forgotten when its word runs out.
 * Nothing of it is an event: thousands come and go, and what counts is only how it is now.
 */
import type { PresenceState } from '@rapport/contracts'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { MemberSocket } from './member.ts'
import type { SharedPresence } from './shared-presence.ts'

type Here = 'online' | 'away'
export type PersonChange = { user_id: string; state: PresenceState }

const Told = z.object({ away: z.boolean() })
const keyEnd = ':people'
const keyOf = (organization_id: string) => `${organization_id}${keyEnd}`
/** A colleague who loads a page again was not gone. */
const settle_ms = 400
/** Says again who is here, and looks for what others have stopped saying. */
const refresh_ms = 15_000
const seen_ms = 60_000

type Room = {
  here: Map<MemberSocket, { user_id: string; name: string; field: Here }>
  told: Map<string, Here>
  waiting: NodeJS.Timeout | null
}

type Parts = {
  shared: SharedPresence | null
  log: Pick<Logger, 'warn'>
  /** These members have the app open now, or had it until now. */
  onSeen: (organization_id: string, user_ids: string[]) => Promise<void>
}

type Tell = (organization_id: string, people: PersonChange[]) => void

/** Who is here, as every process knows it. */
export type People = { statesOf: (organization_id: string) => Promise<ReadonlyMap<string, Here>> }

export type RunningPeople = ReturnType<typeof createPeople>

export function createPeople({ shared, log, onSeen }: Parts) {
  let tell: Tell | null = null
  const rooms = new Map<string, Room>()

  async function statesOf(organization_id: string): Promise<Map<string, Here>> {
    const own = [...(rooms.get(organization_id)?.here.values() ?? [])]
    const others = (await shared?.others(keyOf(organization_id))) ?? []
    const states = new Map<string, Here>()
    for (const { user_id, field } of [...own, ...others])
      if (field !== 'away' || !states.has(user_id)) states.set(user_id, field === 'away' ? 'away' : 'online')
    return states
  }

  async function tellChanges(organization_id: string): Promise<void> {
    const room = rooms.get(organization_id)
    if (!room) return
    const now = await statesOf(organization_id)
    const changed: PersonChange[] = [...now]
      .filter(([user_id, state]) => room.told.get(user_id) !== state)
      .map(([user_id, state]) => ({ user_id, state }))
    const gone = [...room.told.keys()].filter((user_id) => !now.has(user_id))
    room.told = now
    for (const user_id of gone) changed.push({ user_id, state: 'offline' })
    if (changed.length > 0) tell?.(organization_id, changed)
    if (room.here.size === 0 && room.waiting === null) rooms.delete(organization_id)
  }

  function tellSoon(organization_id: string): void {
    const room = rooms.get(organization_id)
    if (!room || room.waiting) return
    room.waiting = setTimeout(() => {
      room.waiting = null
      tellChanges(organization_id).catch((error: unknown) =>
        log.warn({ err: error }, 'who is here could not be told'),
      )
    }, settle_ms)
    room.waiting.unref()
  }
  const changed = (organization_id: string) => {
    tellSoon(organization_id)
    shared?.announce(keyOf(organization_id))
  }
  const noteSeen = (organization_id: string, user_ids: string[]) => {
    onSeen(organization_id, user_ids).catch((error: unknown) =>
      log.warn({ err: error }, 'who was here could not be noted'),
    )
  }

  shared?.onAnnounced((key) => {
    if (key.endsWith(keyEnd)) tellSoon(key.slice(0, -keyEnd.length))
  })
  const refresh = setInterval(() => {
    for (const [organization_id, { here }] of rooms) {
      for (const [socket, entry] of here) shared?.put(keyOf(organization_id), socket.id, entry)
      tellSoon(organization_id)
    }
  }, refresh_ms)
  const seen = setInterval(() => {
    for (const [organization_id, { here }] of rooms)
      if (here.size > 0)
        noteSeen(organization_id, [...new Set([...here.values()].map(({ user_id }) => user_id))])
  }, seen_ms)
  refresh.unref()
  seen.unref()

  function note(socket: MemberSocket, field: Here): void {
    const { actor } = socket.data
    // A program with a key is nobody who could be here.
    if (actor.kind !== 'user' || actor.user_id === null || socket.disconnected) return
    const { organization_id, user_id, name } = actor
    const room: Room = rooms.get(organization_id) ?? { here: new Map(), told: new Map(), waiting: null }
    rooms.set(organization_id, room)
    const isNew = !room.here.has(socket)
    const entry = { user_id, name, field }
    room.here.set(socket, entry)
    shared?.put(keyOf(organization_id), socket.id, entry)
    changed(organization_id)
    if (isNew) noteSeen(organization_id, [user_id])
  }

  function forget(socket: MemberSocket): void {
    const { organization_id, user_id } = socket.data.actor
    if (!rooms.get(organization_id)?.here.delete(socket) || user_id === null) return
    shared?.remove(keyOf(organization_id), socket.id)
    changed(organization_id)
    noteSeen(organization_id, [user_id])
  }

  return {
    statesOf,
    /** Who tells the sockets of an organization in this process. */
    tellThrough: (given: Tell): void => void (tell = given),
    serve(socket: MemberSocket): void {
      note(socket, 'online')
      socket.on('here', (given) => {
        const parsed = Told.safeParse(given)
        if (parsed.success) note(socket, parsed.data.away ? 'away' : 'online')
      })
      socket.on('disconnect', () => forget(socket))
    },
    stop(): void {
      clearInterval(refresh)
      clearInterval(seen)
      for (const [organization_id, { here, waiting }] of rooms) {
        if (waiting) clearTimeout(waiting)
        for (const socket of here.keys()) shared?.remove(keyOf(organization_id), socket.id)
      }
      rooms.clear()
    },
  }
}
