/** Durable reactions to events: declared by the reacting module, run by the dispatcher. */
import type { EventType, RapportEvent } from '@rapport/contracts'
import type { Ctx } from '../tenancy.ts'

export type Subscription = {
  /** Stable name: its position per organization is kept under it. */
  name: string
  types: readonly EventType[]
  /** Leaves out events whose data has this key. */
  without?: string
  /**
   * Gets the events in order, in batches, inside a tenant transaction that also moves the position: what it
   * writes through `ctx.tx` happens exactly once.
   */
  handle: (ctx: Ctx, events: RapportEvent[]) => Promise<void>
}

export type Subscriptions = { subscribe: (subscription: Subscription) => void }
