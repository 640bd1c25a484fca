/**
 * Work that is due at a time, to the second: each name has one alarm in each organization, set for the earliest
 * time at which anything is due. It is taken, worked and set anew in a single transaction, so what an alarm does
 * happens exactly once, whatever process works and however it ends.
 */
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { systemActor } from './actor.ts'
import type { Ctx, Tenancy } from './tenancy.ts'

/** Does what is due and answers when it wants to be called again: at once when there is more than one turn can do. */
type Ring = (ctx: Ctx) => Promise<string | null>

export type Alarms = {
  /** Declares what happens when alarms of this name ring. */
  on: (name: string, ring: Ring) => void
  /** Sees to it that the alarm rings at that time or earlier, when the transaction commits. */
  set: (ctx: Pick<Ctx, 'tx' | 'actor'>, name: string, at: string) => Promise<void>
}

export type RunningAlarms = Alarms & {
  start: () => void
  pause: (paused: boolean) => void
  /** Finishes the turn under way. */
  stop: () => Promise<void>
}

const tick_ms = 1_000
const atOnce = 20
const pauseAfterFailure_ms = 30_000
/** Of one alarm in one tick: what is due may be locked by others, and then a turn brings it no further. */
const mostTurns = 10

type Due = { name: string; organization_id: string }
const keyOf = ({ name, organization_id }: Due) => `${name} ${organization_id}`

export function createAlarms({ tenancy, log }: { tenancy: Tenancy; log: Logger }): RunningAlarms {
  const rings = new Map<string, Ring>()
  const resting = new Map<string, Due & { until: number }>()
  let timer: NodeJS.Timeout | null = null
  let turn: Promise<void> | null = null
  let paused = false

  /** Until nothing is due: what a turn leaves, and whoever is behind those of this look, does not wait for the next tick. */
  const lookRound = async () => {
    const turns = new Map<string, Due & { taken: number }>()
    for (let rang = true; rang;) {
      rang = false
      const tired = [...turns.values()].filter(({ taken }) => taken >= mostTurns)
      for (const due of await findDue(tenancy, [...rings.keys()], [...stillResting(), ...tired])) {
        if (paused || timer === null) return
        if (!(await ringOne(due))) continue
        rang = true
        const taken = (turns.get(keyOf(due))?.taken ?? 0) + 1
        turns.set(keyOf(due), { ...due, taken })
      }
    }
  }

  /** Those that failed a moment ago. They are not even looked for: a crowd of them would be all that is found. */
  function stillResting(): Due[] {
    const now = Date.now()
    for (const [key, { until }] of resting) if (until <= now) resting.delete(key)
    return [...resting.values()]
  }

  /** Answers whether it did ring. */
  async function ringOne({ name, organization_id }: Due): Promise<boolean> {
    const ring = rings.get(name)
    if (!ring) return false
    try {
      return await tenancy.inTenant(systemActor(organization_id), (ctx) => takeAlarm(ctx, name, ring))
    } catch (error) {
      const until = Date.now() + pauseAfterFailure_ms
      resting.set(keyOf({ name, organization_id }), { name, organization_id, until })
      log.error({ err: error, alarm: name, organization_id }, 'an alarm failed; it rings again later')
      return true
    }
  }

  const tick = () => {
    if (paused || turn) return
    turn = lookRound()
      .catch((error: unknown) => log.warn({ err: error }, 'could not look for alarms; trying again'))
      .finally(() => {
        turn = null
      })
  }

  return {
    on(name, ring) {
      if (rings.has(name)) throw new Error(`There are two alarms of the name ${name}.`)
      rings.set(name, ring)
    },
    async set({ tx, actor }, name, at) {
      if (!rings.has(name)) throw new Error(`Nothing happens when an alarm ${name} rings.`)
      // The row is locked even where it stays as it is: a turn that is under way is waited for and looks no further back.
      await sql`
        INSERT INTO alarms (name, organization_id, rings_at) VALUES (${name}, ${actor.organization_id}::uuid, ${at}::timestamptz)
        ON CONFLICT (name, organization_id) DO UPDATE SET rings_at = least(alarms.rings_at, excluded.rings_at)`.execute(
        tx,
      )
    },
    start() {
      timer = setInterval(tick, tick_ms)
      tick()
    },
    pause(now) {
      paused = now
    },
    async stop() {
      if (timer) clearInterval(timer)
      timer = null
      await turn
    },
  }
}

async function findDue(
  tenancy: Tenancy,
  names: readonly string[],
  passedOver: readonly Due[],
): Promise<Due[]> {
  const { rows } = await tenancy.inSystem((tx) =>
    sql<Due>`
      SELECT name, organization_id FROM alarms WHERE rings_at <= now() AND name = ANY(${names}::text[])
        AND (name, organization_id) NOT IN (
          SELECT * FROM unnest(${passedOver.map(({ name }) => name)}::text[], ${passedOver.map((one) => one.organization_id)}::uuid[]))
      ORDER BY rings_at LIMIT ${atOnce}`.execute(tx),
  )
  return rows
}

/** False when somebody else has it, or had it just now. */
async function takeAlarm(ctx: Ctx, name: string, ring: Ring): Promise<boolean> {
  const { tx, actor } = ctx
  const taken = await sql`
    SELECT 1 FROM alarms WHERE name = ${name} AND organization_id = ${actor.organization_id}::uuid AND rings_at <= now()
    FOR UPDATE SKIP LOCKED`.execute(tx)
  if (taken.rows.length === 0) return false
  const next = await ring(ctx)
  await sql`
    UPDATE alarms SET rings_at = coalesce(${next}::timestamptz, 'infinity')
    WHERE name = ${name} AND organization_id = ${actor.organization_id}::uuid`.execute(tx)
  return true
}
