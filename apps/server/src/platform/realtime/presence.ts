/**
 * Who has a record open, and which field they edit. Each process knows its own sockets and tells them; what the others
 * know comes through `shared`, so a process that has died is forgotten when its word runs out. Everything is told only
 * to those who may read the record now, and a field only to those from whom it is not hidden.
 */
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { mayHear } from './audience.ts'
import type { Acknowledge, MemberSocket, PresentPerson } from './member.ts'
import type { Presence, SharedPresence } from './shared-presence.ts'

const Viewed = z.object({
  object: z.string().max(60),
  id: z.uuid().transform((id) => id.toLowerCase()),
  field: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,119}$/)
    .nullish(),
})
type Viewed = z.infer<typeof Viewed>
type RecordName = Pick<Viewed, 'object' | 'id'>

const mostViewed = 10
/** Says again what is open here, and looks for what others have stopped saying. */
const refresh_ms = 15_000

export type FindOwner = (
  organization_id: string,
  record: RecordName,
) => Promise<{ owner_id: string | null } | null>

type Room = {
  organization_id: string
  record: RecordName
  here: Map<MemberSocket, Presence>
  /** What each socket was told last: the same is not said twice. */
  told: WeakMap<MemberSocket, string>
  /** Told one after the other, so that nothing old is said last. */
  telling: Promise<void>
}

type Parts = { findOwner: FindOwner; shared: SharedPresence | null; log: Logger; refreshMs?: number }

export function createPresence({ findOwner, shared, log, refreshMs = refresh_ms }: Parts) {
  const rooms = new Map<string, Room>()
  const keyOf = (organization_id: string, { object, id }: RecordName) => `${organization_id}:${object}:${id}`

  const mayRead = async (actor: Actor, record: RecordName) => {
    // Whoever would not even hear of one of their own need not be asked about.
    if (!mayHear(actor, record.object, actor.user_id)) return false
    const owner = await findOwner(actor.organization_id, record)
    return owner !== null && mayHear(actor, record.object, owner.owner_id)
  }

  async function tell(key: string): Promise<void> {
    const room = rooms.get(key)
    if (!room) return
    const [others, owner] = await Promise.all([
      shared?.others(key) ?? [],
      findOwner(room.organization_id, room.record),
    ])
    const everybody = [...room.here.values(), ...others]
    for (const socket of room.here.keys()) {
      const { actor } = socket.data
      const reads = owner !== null && mayHear(actor, room.record.object, owner.owner_id)
      const people = reads ? peopleFor(actor, room.record, everybody) : []
      const text = JSON.stringify(people)
      if (room.told.get(socket) === text) continue
      room.told.set(socket, text)
      socket.emit('presence', { ...room.record, people })
    }
  }

  function tellInBackground(key: string): void {
    const room = rooms.get(key)
    if (!room) return
    room.telling = room.telling
      .then(() => tell(key))
      .catch((error: unknown) => log.warn({ err: error }, 'presence could not be told'))
  }
  const changed = (key: string) => {
    tellInBackground(key)
    shared?.announce(key)
  }

  function enter(socket: MemberSocket, { object, id, field }: Viewed): void {
    const { actor } = socket.data
    const record = { object, id }
    const key = keyOf(actor.organization_id, record)
    const room = rooms.get(key) ?? {
      organization_id: actor.organization_id,
      record,
      here: new Map(),
      told: new WeakMap(),
      telling: Promise.resolve(),
    }
    rooms.set(key, room)
    const presence = { user_id: actor.user_id ?? '', name: actor.name, field: field ?? null }
    room.here.set(socket, presence)
    shared?.put(key, socket.id, presence)
    changed(key)
  }

  function leave(socket: MemberSocket, key: string): void {
    const room = rooms.get(key)
    if (!room?.here.delete(socket)) return
    if (room.here.size === 0) rooms.delete(key)
    shared?.remove(key, socket.id)
    changed(key)
  }

  const keysOf = (socket: MemberSocket) =>
    [...rooms].filter(([, room]) => room.here.has(socket)).map(([key]) => key)

  shared?.onAnnounced(tellInBackground)
  const timer = setInterval(() => {
    for (const [key, room] of rooms) {
      for (const [socket, presence] of room.here) shared?.put(key, socket.id, presence)
      tellInBackground(key)
    }
  }, refreshMs)
  timer.unref()

  async function view(socket: MemberSocket, given: unknown): Promise<string | undefined> {
    const parsed = Viewed.safeParse(given)
    if (!parsed.success) return 'invalid_input'
    const { actor } = socket.data
    // A program with a key looks at nothing.
    if (actor.kind !== 'user' || !(await mayRead(actor, parsed.data))) return 'permission_missing'
    const open = keysOf(socket)
    if (open.length >= mostViewed && !open.includes(keyOf(actor.organization_id, parsed.data)))
      return 'too_many_open'
    if (!socket.disconnected) enter(socket, parsed.data)
    return undefined
  }

  return {
    serve(socket: MemberSocket): void {
      let turn = Promise.resolve()
      /** In the order in which they were sent, though permissions take their time. */
      const inTurn = (acknowledge: Acknowledge | undefined, work: () => Promise<string | undefined>) => {
        turn = turn.then(work).then(
          (code) => answer(acknowledge, code),
          (error: unknown) => {
            log.warn({ err: error }, 'a record could not be viewed')
            answer(acknowledge, 'internal_error')
          },
        )
      }
      socket.on('view', (given, acknowledge) => inTurn(acknowledge, () => view(socket, given)))
      socket.on('leave', (given, acknowledge) =>
        inTurn(acknowledge, async () => {
          const parsed = Viewed.safeParse(given)
          if (!parsed.success) return 'invalid_input'
          leave(socket, keyOf(socket.data.actor.organization_id, parsed.data))
          return undefined
        }),
      )
      socket.on('disconnect', () => {
        for (const key of keysOf(socket)) leave(socket, key)
      })
    },
    stop(): void {
      clearInterval(timer)
      for (const [key, { here }] of rooms) for (const socket of here.keys()) shared?.remove(key, socket.id)
      shared?.close()
    },
  }
}

function answer(acknowledge: Acknowledge | undefined, code?: string): void {
  if (typeof acknowledge === 'function') acknowledge(code ? { ok: false, code } : { ok: true })
}

/** The others, each once: of somebody's two windows, the one in which they edit counts. */
function peopleFor(actor: Actor, { object }: RecordName, everybody: readonly Presence[]): PresentPerson[] {
  const people = new Map<string, PresentPerson>()
  for (const { user_id, name, field } of everybody) {
    if (user_id === actor.user_id || people.get(user_id)?.editing) continue
    people.set(user_id, { user_id, name, editing: field !== null, field: seen(actor, object, field) })
  }
  return [...people.values()].toSorted((a, b) => a.user_id.localeCompare(b.user_id))
}

function seen({ field_rules }: Actor, object: string, field: string | null): string | null {
  if (field === null) return null
  const rules = field_rules[object] ?? {}
  const names = field.startsWith('custom.') ? [field, 'custom'] : [field]
  return names.some((name) => rules[name] === 'hidden') ? null : field
}
