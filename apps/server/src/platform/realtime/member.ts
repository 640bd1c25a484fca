/** A connected member: the socket, who it speaks for, and how far it has joined its organization's feed. */
import type { Socket } from 'socket.io'
import type { RapportEvent } from '@rapport/contracts'
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
}
/** Somebody else who has a record open; `field` is what they edit, where the reader may know of it. */
export type PresentPerson = { user_id: string; name: string; editing: boolean; field: string | null }
type RecordName = { object: string; id: string }
export type Acknowledge = (answer: { ok: boolean; code?: string }) => void
export type ClientEvents = {
  open: (record: RecordName, acknowledge?: Acknowledge) => void
  close: (record: RecordName, acknowledge?: Acknowledge) => void
  /** The record is on screen, and this field of it is being edited. */
  view: (record: RecordName & { field?: string | null }, acknowledge?: Acknowledge) => void
  leave: (record: RecordName, acknowledge?: Acknowledge) => void
}

export type Member = { identity: Identity; actor: Actor; since: number | undefined }
type Nothing = Record<never, never>
export type MemberSocket = Socket<ClientEvents, ServerEvents, Nothing, Member>
