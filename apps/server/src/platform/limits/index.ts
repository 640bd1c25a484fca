/** Limits on how often something may be done: by callers of the API, and at doors such as the log-in. */
import type { Logger } from 'pino'
import type { Environment } from '../environment.ts'
import { openRedis } from '../redis.ts'
import { createCounters, type Counters } from './counter.ts'
import { createLimiter, type Limiter, type LimiterOptions } from './limiter.ts'

export { RateLimiterRes } from 'rate-limiter-flexible'
export { window_s, type Count, type Counters } from './counter.ts'
export type { Limiter, LimiterOptions } from './limiter.ts'
export type { LimitKind } from './settings.ts'

export type Limits = {
  /**
   * A limiter that counts exactly: with Redis, each count asks it. `consume` rejects with a RateLimiterRes when
   * the limit is passed. For what is tried seldom: log-ins, mails, codes.
   */
  limiter: (options: LimiterOptions) => Limiter
  /** The requests of callers by the minute, counted in this process and shared now and then. */
  requests: Counters
  /** Where what all processes share is kept; `ping` fails when it does not answer. */
  cache: { type: 'memory' | 'redis'; ping: () => Promise<void> }
  close: () => void
}

type Parts = { environment: Pick<Environment, 'redisUrl' | 'quotas'>; log: Logger }

export function createLimits({ environment, log }: Parts): Limits {
  const redis = environment.redisUrl ? openRedis(environment.redisUrl, log) : null
  const { counters, close } = createCounters({ quotas: environment.quotas, redis, log })
  return {
    limiter: (options) => createLimiter(redis, options),
    requests: counters,
    cache: {
      type: redis ? 'redis' : 'memory',
      ping: async () => void (await redis?.ping()),
    },
    close() {
      close()
      redis?.disconnect()
    },
  }
}
