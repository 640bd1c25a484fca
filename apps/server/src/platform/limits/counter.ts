/**
 * Counts requests by kind of caller and minute. Every request is counted, so the count is made in this process,
 * in about a microsecond; with Redis, what was counted is added to the common total twice a second and the
 * total taken over. All processes together may so let through what arrives in half a second more than the limit.
 */
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { limitKinds, type LimitKind, type RequestQuotas } from './settings.ts'

export const window_s = 60
const shareEvery_ms = 500

export type Count = { kind: LimitKind; quota: number; remaining: number; reset_s: number; refused: boolean }
/** Counts one request of that caller. */
export type Counter = (key: string) => Promise<Count>
export type Counters = { [Kind in LimitKind]: Counter | null }

type Parts = { quotas: RequestQuotas; redis: Redis | null; log: Pick<Logger, 'warn'> }

export function createCounters({ quotas, redis, log }: Parts) {
  const shares: (() => Promise<void>)[] = []
  const make = (kind: LimitKind): Counter | null => {
    const quota = quotas[kind]
    if (quota === null) return null
    const options = { keyPrefix: `rapport:requests:${kind}`, points: quota, duration: window_s }
    const memory = new RateLimiterMemory(options)
    const count = counterOn(kind, memory)
    if (!redis) return count
    const store = new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true })
    const sharing = shareCounts(memory, store)
    shares.push(() => sharing.share())
    return (key) => {
      sharing.note(key)
      return count(key)
    }
  }
  const [ip, user, organization, key] = limitKinds.map(make)
  const counters = { ip, user, organization, key } as Counters

  let sharing = false
  async function share(): Promise<void> {
    if (sharing || redis?.status !== 'ready') return
    sharing = true
    try {
      await Promise.all(shares.map((one) => one()))
    } catch (error) {
      log.warn({ err: error }, 'request counts could not be shared; this process counts by itself')
    } finally {
      sharing = false
    }
  }
  const timer = redis ? setInterval(() => void share(), shareEvery_ms).unref() : null

  return {
    counters,
    /** Adds to the common totals now. */
    share,
    close: () => timer && clearInterval(timer),
  }
}

const counterOn =
  (kind: LimitKind, memory: RateLimiterMemory): Counter =>
  async (key) => {
    try {
      return countOf(kind, memory.points, await memory.consume(key), false)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      return countOf(kind, memory.points, refusal, true)
    }
  }

const countOf = (kind: LimitKind, quota: number, state: RateLimiterRes, refused: boolean): Count => ({
  kind,
  quota,
  remaining: state.remainingPoints,
  reset_s: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
  refused,
})

function shareCounts(memory: RateLimiterMemory, store: RateLimiterRedis) {
  let noted = new Map<string, number>()
  return {
    note: (key: string) => void noted.set(key, (noted.get(key) ?? 0) + 1),
    async share(): Promise<void> {
      const sent = noted
      noted = new Map()
      const adopt = async ([key, points]: [string, number]) => {
        const total = await store.penalty(key, points)
        // What this process counted while the total was on its way is not in it yet.
        const since = noted.get(key) ?? 0
        await memory.set(key, total.consumedPoints + since, Math.ceil(total.msBeforeNext / 1000))
      }
      await Promise.all([...sent].map(adopt))
    },
  }
}
