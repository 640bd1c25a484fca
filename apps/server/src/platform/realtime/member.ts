/** A connected member: the socket, who it speaks for, and how far it has joined its organization's feed. */
import type { Socket } from 'socket.io'
import type { PresenceState, RapportEvent } from '@rapport/contracts'
import type { Actor } from '../actor.ts'
import type { Identity } from '../http/route.ts'
import type { MaintenanceState } from '../maintenance/index.ts'

export type ServerEvents = {
  event: (event: RapportEvent) => void
  /** Everything up to `seq` was sent; what follows comes as it happens. */
  ready: (state: { seq: number }) => void
  /** Too much was missed to send it: load anew. `ready` follows. */
  refetch: (state: { seq: number }) => void
  /** Read-only mode of the whole installation; null when everything can be changed. */
  maintenance: (state: MaintenanceState | null) => void
  /** Who else has the record open now: all of them, whenever that changes. */
  presence: (state: RecordName & { people: PresentPerson[] }) => void
  /** Somebody else writes in a channel that is followed: just now, so it passes by itself after some seconds. */
  typing: (typing: Typing) => void
  /** Who of the organization came, went, or turned away from the screen. */
  people: (state: { people: { user_id: string; state: PresenceState }[] }) => void
}
/** Somebody else who has a record open; `field` is what they edit, where the reader may know of it. */
export type PresentPerson = { user_id: string; name: string; editing: boolean; field: string | null }
export type Typing = { channel_id: string; thread_id: string | null; user_id: string; name: string }
type RecordName = { object: string; id: string }
export type Acknowledge = (answer: { ok: boolean; code?: string }) => void
export type ClientEvents = {
  open: (record: RecordName, acknowledge?: Acknowledge) => void
  close: (record: RecordName, acknowledge?: Acknowledge) => void
  /** The record is on screen, and this field of it is being edited. */
  view: (record: RecordName & { field?: string | null }, acknowledge?: Acknowledge) => void
  leave: (record: RecordName, acknowledge?: Acknowledge) => void
  /** A channel is on screen: who writes there is told, and of a public one what is said, without being in it. */
  follow: (channel: { channel_id: string }, acknowledge?: Acknowledge) => void
  unfollow: (channel: { channel_id: string }, acknowledge?: Acknowledge) => void
  /** The member is writing in the channel; said every few seconds while they do. */
  typing: (written: { channel_id: string; thread_id?: string | null }) => void
  /** Whether somebody is at this screen. */
  here: (state: { away: boolean }) => void
}

export type Member = {
  identity: Identity
  actor: Actor
  since: number | undefined
  /** The channels that the member is in; unknown until the socket joins its organization's feed. */
  channels?: ReadonlySet<string>
  /** Public channels that are open on its screen without the member being in them. */
  visited?: ReadonlySet<string>
}
type Nothing = Record<never, never>
export type MemberSocket = Socket<ClientEvents, ServerEvents, Nothing, Member>
