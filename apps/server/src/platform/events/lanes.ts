/**
 * When each lane (one subscriber in one organization) gets its turn: at once when woken, then not more often
 * than every few milliseconds so that a burst of commits becomes a few batches; a few lanes at a time, so
 * that the pool stays free for requests; after a failure with growing delays.
 */
import type { Logger } from 'pino'
import type { Turn } from './dispatcher.ts'

const concurrency = 4
const spacing_ms = 20
const longestSpacing_ms = 100
const busy_ms = 1_000
const firstRetry_ms = 200
const longestRetry_ms = 60_000

type Lane = {
  subscriber: string
  organization_id: string
  state: 'idle' | 'queued' | 'running' | 'resting'
  /** Woken while running or resting. */
  again: boolean
  failures: number
  timer: NodeJS.Timeout | null
}

export type Lanes = {
  open: () => void
  wake: (subscriber: string, organization_id: string) => void
  /** Waits for the turns under way. */
  close: () => Promise<void>
}

type Parts = { log: Logger; run: (subscriber: string, organization_id: string) => Promise<Turn> }

export function createLanes({ log, run }: Parts): Lanes {
  const lanes = new Map<string, Lane>()
  const queue: Lane[] = []
  const running = new Set<Promise<void>>()
  let isOpen = false

  function enqueue(lane: Lane): void {
    lane.state = 'queued'
    queue.push(lane)
    advance()
  }

  function advance(): void {
    while (isOpen && running.size < concurrency) {
      const lane = queue.shift()
      if (!lane) return
      const turn = takeTurn(lane).finally(() => {
        running.delete(turn)
        advance()
      })
      running.add(turn)
    }
  }

  async function takeTurn(lane: Lane): Promise<void> {
    lane.state = 'running'
    lane.again = false
    const began = performance.now()
    try {
      const turn = await run(lane.subscriber, lane.organization_id)
      lane.failures = 0
      if (turn === 'busy') rest(lane, busy_ms, true)
      else if (turn === 'more') rest(lane, spacing_ms, true)
      else rest(lane, spacingAfter(performance.now() - began), false)
    } catch (error) {
      lane.failures += 1
      const delay_ms = Math.min(longestRetry_ms, firstRetry_ms * 2 ** (lane.failures - 1))
      const { subscriber, organization_id } = lane
      log.error(
        { err: error, subscriber, organization_id, delay_ms },
        'a subscriber failed; its events are tried again',
      )
      rest(lane, delay_ms, true)
    }
  }

  function rest(lane: Lane, delay_ms: number, again: boolean): void {
    if (!isOpen) return
    lane.state = 'resting'
    lane.again ||= again
    lane.timer = setTimeout(() => {
      lane.timer = null
      if (lane.again) enqueue(lane)
      else lanes.delete(keyOf(lane.subscriber, lane.organization_id))
    }, delay_ms)
  }

  return {
    open() {
      isOpen = true
      advance()
    },
    wake(subscriber, organization_id) {
      const key = keyOf(subscriber, organization_id)
      const lane = lanes.get(key)
      if (lane) {
        lane.again = true
        return
      }
      const made: Lane = {
        subscriber,
        organization_id,
        state: 'idle',
        again: false,
        failures: 0,
        timer: null,
      }
      lanes.set(key, made)
      enqueue(made)
    },
    async close() {
      isOpen = false
      queue.length = 0
      await Promise.all(running)
      for (const lane of lanes.values()) if (lane.timer) clearTimeout(lane.timer)
      lanes.clear()
    },
  }
}

/** The longer a turn takes, the more commits the next one serves. */
const spacingAfter = (took_ms: number) => Math.min(longestSpacing_ms, Math.max(spacing_ms, 2 * took_ms))
const keyOf = (subscriber: string, organization_id: string) => `${subscriber}/${organization_id}`
