/**
 * Runs the durable subscriptions. For each subscriber and organization one lane takes the position, works
 * and moves the position in a single transaction, so a crash between the two undoes both. Lanes are
 * independent: one that fails retries by itself, never skips, and holds nobody else up.
 */
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { systemActor } from '../actor.ts'
import type { Commit, Ctx, EventKind, Tenancy } from '../tenancy.ts'
import { createLanes } from './lanes.ts'
import { presentEvent, stretchAfter, type EventRow, type Wanted } from './reader.ts'
import type { CommitSignal } from './signal.ts'
import type { Subscription, Subscriptions } from './subscriptions.ts'

/** As many events at once as a subscriber is handed, and as it is brought past. */
const reach = { wanted: 500, passed: 20_000 }
const sweep_ms = 30_000

export type Dispatcher = Subscriptions & {
  /** The names of all subscribers. */
  subscribers: () => string[]
  start: () => Promise<void>
  /** Finishes the batches under way and begins no more. */
  stop: () => Promise<void>
}

type Parts = { tenancy: Tenancy; signal: CommitSignal; log: Logger }

export function createDispatcher({ tenancy, signal, log }: Parts): Dispatcher {
  const subscriptions = new Map<string, Subscription>()
  let unsubscribe: (() => void) | null = null
  let timer: NodeJS.Timeout | null = null

  const lanes = createLanes({
    log,
    run: (name, organization_id) => {
      const subscription = subscriptions.get(name)
      if (!subscription) throw new Error(`There is no subscriber ${name}.`)
      return dispatchBatch(tenancy, subscription, organization_id)
    },
  })

  // Who wants none of it is brought past it by the next sweep: most commits concern one or two.
  const wake = ({ organization_id, events }: Commit) => {
    for (const subscription of subscriptions.values())
      if (events === null || events.some((one) => isWanted(subscription, one)))
        lanes.wake(subscription.name, organization_id)
  }
  const sweep = async () => {
    const behind = await findBehind(tenancy, [...subscriptions.keys()])
    for (const { subscriber, organization_id } of behind) lanes.wake(subscriber, organization_id)
  }
  const sweepInBackground = () => {
    sweep().catch((error: unknown) =>
      log.warn({ err: error }, 'could not look for events that wait; trying again'),
    )
  }

  return {
    subscribe(subscription) {
      if (subscriptions.has(subscription.name))
        throw new Error(`There are two subscribers of the name ${subscription.name}.`)
      subscriptions.set(subscription.name, subscription)
    },
    subscribers: () => [...subscriptions.keys()],
    async start() {
      if (subscriptions.size === 0) return
      lanes.open()
      unsubscribe = signal.subscribe({ committed: wake, recheck: sweepInBackground })
      timer = setInterval(sweepInBackground, sweep_ms)
      await sweep()
    },
    async stop() {
      unsubscribe?.()
      if (timer) clearInterval(timer)
      await lanes.close()
    },
  }
}

const isWanted = ({ types, without }: Subscription, { type, keys }: EventKind) =>
  types.includes(type) && (without === undefined || !keys.includes(without))

/** Which lanes have events that wait, in one query over all organizations. */
async function findBehind(tenancy: Tenancy, subscribers: string[]) {
  const { rows } = await tenancy.inSystem((tx) =>
    sql<{ subscriber: string; organization_id: string }>`
      SELECT s.subscriber, h.organization_id
      FROM event_heads h CROSS JOIN unnest(${subscribers}::text[]) AS s (subscriber)
      LEFT JOIN event_positions p ON p.subscriber = s.subscriber AND p.organization_id = h.organization_id
      WHERE h.seq > coalesce(p.seq, 0)`.execute(tx),
  )
  return rows
}

/** What a turn came to; `busy` means that another process works on this lane. */
export type Turn = 'more' | 'done' | 'busy'

async function dispatchBatch(
  tenancy: Tenancy,
  { name, types, without, handle }: Subscription,
  organization_id: string,
): Promise<Turn> {
  return tenancy.inTenant(systemActor(organization_id), async (ctx) => {
    const position = await takePosition(ctx, name)
    if (position === null) return 'busy'
    const { wanted, next, full } = await readBatch(ctx, position, { types, without })
    if (next === position) return 'done'
    if (wanted.length > 0)
      await handle(
        ctx,
        wanted.map((row) => presentEvent(row)),
      )
    await movePosition(ctx, name, next)
    return full ? 'more' : 'done'
  })
}

/** Locks the lane's position, or answers null when somebody else holds it. */
async function takePosition({ tx, actor }: Ctx, subscriber: string): Promise<number | null> {
  const held = await sql<{ seq: number }>`
    SELECT seq FROM event_positions
    WHERE subscriber = ${subscriber} AND organization_id = ${actor.organization_id}
    FOR UPDATE SKIP LOCKED`.execute(tx)
  if (held.rows[0]) return held.rows[0].seq
  const made = await sql<{ seq: number }>`
    INSERT INTO event_positions (subscriber, organization_id) VALUES (${subscriber}, ${actor.organization_id})
    ON CONFLICT DO NOTHING RETURNING seq`.execute(tx)
  return made.rows[0]?.seq ?? null
}

/** What others are told of is counted where it stands, and not brought here. */
async function readBatch(
  { tx, actor: { organization_id } }: Ctx,
  position: number,
  asked: Wanted,
): Promise<{ wanted: EventRow[]; next: number; full: boolean }> {
  // The head is asked first: an event that commits between the two statements is then merely early.
  const [head, { rows }] = await Promise.all([
    sql<{ seq: number }>`SELECT seq FROM event_heads WHERE organization_id = ${organization_id}`.execute(tx),
    stretchAfter(organization_id, position, reach, asked).execute(tx),
  ])
  const { first_seq = null, last_seq = null, events = 0 } = rows[0] ?? {}
  const newest = head.rows[0]?.seq ?? 0
  if (first_seq === null || last_seq === null) {
    if (position > 0 && newest > position)
      throw new Error(`The events of organization ${organization_id} after ${position} are missing.`)
    return { wanted: [], next: position === 0 ? newest : position, full: false }
  }
  // A subscriber that is new to an old organization starts with the oldest event that is still kept.
  if ((position > 0 && first_seq !== position + 1) || last_seq - first_seq + 1 !== events)
    throw new Error(
      `Of the events ${position + 1} to ${last_seq} of organization ${organization_id} some are missing.`,
    )
  const wanted = rows.filter((row) => row.id !== null)
  // Beyond the last of as many as were asked for, more may be wanted.
  const cut = wanted.length === reach.wanted
  return {
    wanted,
    next: cut ? (wanted.at(-1)?.seq ?? last_seq) : last_seq,
    full: cut || events === reach.passed,
  }
}

async function movePosition({ tx, actor }: Ctx, subscriber: string, seq: number): Promise<void> {
  await tx
    .updateTable('event_positions')
    .set({ seq })
    .where('subscriber', '=', subscriber)
    .where('organization_id', '=', actor.organization_id)
    .execute()
}
