/**
 * One organization's events on their way to this process's sockets. The feed reads each event once, in
 * order, and hands it to every audience that may hear it. A socket that comes back is first brought up to
 * the feed's own place and joins it in the same tick, so it gets each event exactly once.
 */
import { accessObjects } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Server } from 'socket.io'
import type { Logger } from 'pino'
import { systemActor } from '../actor.ts'
import { assertDense, eventsAfter, presentEvent, type EventRow } from '../events/reader.ts'
import { hasRules } from '../field-rules.ts'
import { queryBuilder } from '../kysely.ts'
import type { Tenancy } from '../tenancy.ts'
import { audienceOf, isInChannel, isOwnersAlone, mayHear, type Audience } from './audience.ts'
import { Bursts } from './bursts.ts'
import { ChannelRooms, hearsChannel, roomOfChannel, type ChannelDoor } from './channels.ts'
import type { ClientEvents, Member, MemberSocket, ServerEvents } from './member.ts'

const batchSize = 500
/** Who missed more loads anew. */
const longestCatchUp = 2_000
/** Kept in memory, so that the last step of a catch-up needs no waiting. */
const recentSize = 500
const spacing_ms = 10
const longestSpacing_ms = 40
const retry_ms = 500

export type MemberServer = Server<ClientEvents, ServerEvents, Record<never, never>, Member>
type Parts = {
  organization_id: string
  io: MemberServer
  tenancy: Tenancy
  log: Logger
  channels: ChannelDoor
  /** Gives the sockets of the organization the permissions that their members have now. */
  readmit: (organization_id: string) => Promise<void>
}

export class OrganizationFeed {
  readonly #parts: Parts
  readonly #ready: Promise<void>
  readonly #rooms: ChannelRooms
  readonly #bursts: Bursts
  readonly #audiences = new Map<string, { audience: Audience; sockets: Set<MemberSocket> }>()
  /** The last event that was handed out. */
  #position = 0
  /** The newest event known to be committed. */
  #head = 0
  readonly #recent: EventRow[] = []
  #isPumping = false
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#bursts = new Bursts(parts.io)
    this.#rooms = new ChannelRooms(parts.organization_id, parts.channels)
    this.#ready = this.#readHead().then((seq) => {
      this.#position = seq
      this.notice(seq)
    })
    this.#ready.catch(() => undefined) // whoever joins hears of it
  }

  /** There is an event of this number. */
  notice(seq: number): void {
    this.#head = Math.max(this.#head, seq)
    if (!this.#isPumping) void this.#pump()
  }

  /** Brings the socket up to date and from then on, live. */
  async join(socket: MemberSocket): Promise<void> {
    await Promise.all([this.#ready, this.#rooms.enter(socket)])
    const { since } = socket.data
    if (since !== undefined) {
      if (await this.#catchUp(socket, since)) return
      socket.emit('refetch', { seq: this.#position })
    }
    this.#goLive(socket)
  }

  leave(socket: MemberSocket): void {
    this.#rooms.leave(socket)
    this.#rest(socket)
  }

  #rest(socket: MemberSocket): void {
    this.#rooms.rest(socket)
    for (const [key, { audience, sockets }] of this.#audiences) {
      if (!sockets.delete(socket)) continue
      void socket.leave(roomOf(audience))
      if (sockets.size === 0) this.#audiences.delete(key)
    }
  }

  /** The member's permissions have changed. */
  move(socket: MemberSocket): void {
    const isLive = [...this.#audiences.values()].some(({ sockets }) => sockets.has(socket))
    this.#rest(socket)
    if (isLive) this.#admit(socket)
  }

  close(): void {
    this.#closed = true
  }

  #goLive(socket: MemberSocket): void {
    if (socket.disconnected) return
    this.#admit(socket)
    socket.emit('ready', { seq: this.#position })
  }

  #admit(socket: MemberSocket): void {
    const audience = audienceOf(socket.data.actor)
    const known = this.#audiences.get(audience.key) ?? { audience, sockets: new Set() }
    known.sockets.add(socket)
    this.#audiences.set(audience.key, known)
    void socket.join(roomOf(audience))
    this.#rooms.goLive(socket)
  }

  /** Sends what was missed and goes live; false when it cannot be sent. */
  async #catchUp(socket: MemberSocket, since: number): Promise<boolean> {
    const head = await this.#readHead()
    const { organization_id } = this.#parts
    if (since > head || head - since > longestCatchUp) return false
    await this.#reach(head, socket)
    let last = since
    while (last < this.#position - this.#recent.length) {
      const rows = await this.#read(last, this.#position)
      const [first] = rows
      if (first?.seq !== last + 1) return false // those events are not kept any more
      assertDense(organization_id, last, rows)
      for (const row of rows) this.#send(socket, row)
      last += rows.length
    }
    // From here nothing waits, so the feed cannot move on before the socket is part of it.
    for (const row of this.#recent) if (row.seq > last) this.#send(socket, row)
    this.#goLive(socket)
    return true
  }

  /** Waits until the feed itself has handed out the event of this number. */
  async #reach(seq: number, socket: MemberSocket): Promise<void> {
    this.notice(seq)
    while (this.#position < seq && socket.connected) await pause(spacing_ms)
  }

  async #pump(): Promise<void> {
    this.#isPumping = true
    // The check and the flag change in one tick, so no notice falls between them.
    while (this.#isBehind()) {
      const began = performance.now()
      const wasRead = await this.#readOn().then(
        () => true,
        (error: unknown) => this.#warn(error),
      )
      await pause(wasRead ? spacingAfter(performance.now() - began) : retry_ms)
    }
    this.#isPumping = false
  }

  async #readOn(): Promise<void> {
    await this.#ready
    const { organization_id } = this.#parts
    if (!this.#isBehind()) return // noticed before the feed knew its place
    const rows = await this.#read(this.#position)
    if (rows.length === 0) throw new Error(`Event ${this.#head} was announced but is not there.`)
    assertDense(organization_id, this.#position, rows)
    // Permissions as they are after all of these, so that nothing is handed out by older ones.
    if (rows.some((row) => accessObjects.has(row.object))) await this.#parts.readmit(organization_id)
    try {
      for (const row of rows) {
        // In their order: whoever comes into a channel hears what is said from then on, and not what was before.
        const moving = this.#rooms.follow(row)
        if (moving) {
          this.#bursts.flush()
          await moving
        }
        this.#deliver(row)
      }
    } finally {
      this.#bursts.flush()
    }
  }

  #warn(error: unknown): false {
    const { organization_id, log } = this.#parts
    if (!this.#closed)
      log.warn({ err: error, organization_id }, 'the events for open screens could not be read; trying again')
    return false
  }

  #isBehind(): boolean {
    return this.#position < this.#head && !this.#closed
  }

  #deliver(row: EventRow): void {
    if (isInChannel(row.object)) this.#deliverToChannel(row)
    else if (isOwnersAlone(row.object)) this.#deliverToOwner(row)
    else this.#deliverToAudiences(row)
    this.#position = row.seq
    this.#recent.push(row)
    if (this.#recent.length > recentSize) this.#recent.shift()
  }

  #deliverToAudiences(row: EventRow): void {
    const whole = presentEvent(row)
    for (const { audience } of this.#audiences.values()) {
      const { actor } = audience
      if (!mayHear(actor, row.object, row.owner_id)) continue
      const event = hasRules(actor.field_rules, row.object) ? presentEvent(row, actor.field_rules) : whole
      this.#bursts.add('audiences', roomOf(audience), event)
    }
  }

  #deliverToOwner(row: EventRow): void {
    this.#bursts.flush() // behind what came before it
    for (const { sockets } of this.#audiences.values()) for (const socket of sockets) this.#send(socket, row)
  }

  #deliverToChannel(row: EventRow): void {
    const room = roomOfChannel(row.record_id)
    this.#bursts.add(room, room, presentEvent(row))
  }

  #send(socket: MemberSocket, row: EventRow): void {
    const { actor } = socket.data
    const hears = isInChannel(row.object)
      ? hearsChannel(socket, row.record_id)
      : mayHear(actor, row.object, row.owner_id)
    if (hears) socket.emit('event', presentEvent(row, actor.field_rules))
  }

  async #read(after: number, upTo?: number): Promise<EventRow[]> {
    const { organization_id, tenancy, channels } = this.#parts
    const query = eventsAfter(organization_id, after, batchSize, upTo).compile(queryBuilder)
    const rows = await tenancy.readTenant<EventRow>(systemActor(organization_id), query)
    return channels.complete(organization_id, rows)
  }

  async #readHead(): Promise<number> {
    const { organization_id, tenancy } = this.#parts
    const query = sql<{ seq: number }>`
      SELECT seq FROM event_heads WHERE organization_id = ${organization_id}`.compile(queryBuilder)
    const [head] = await tenancy.readTenant<{ seq: number }>(systemActor(organization_id), query)
    return head?.seq ?? 0
  }
}

const roomOf = (audience: Audience) => `audience:${audience.key}`
/** A burst of commits becomes a few reads: the longer they take, the more the next one finds. */
const spacingAfter = (took_ms: number) => Math.min(longestSpacing_ms, Math.max(spacing_ms, 2 * took_ms))
const pause = (duration_ms: number) => new Promise((resolve) => setTimeout(resolve, duration_ms))
