/**
 * Makes limiters: in this process by default, shared by all processes through Redis with REDIS_URL. When Redis
 * fails, the process counts by itself until Redis is back, so a limit is never a reason to be down.
 */
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible'

export type Limiter = Pick<
  RateLimiterAbstract,
  'points' | 'consume' | 'penalty' | 'reward' | 'get' | 'block' | 'delete'
>
export type LimiterOptions = {
  /** Names the counters; the same name in another process is the same counter. */
  name: string
  points: number
  duration_s: number
}

export function createLimiter(redis: Redis | null, { name, points, duration_s }: LimiterOptions): Limiter {
  const options = { keyPrefix: `rapport:limit:${name}`, points, duration: duration_s }
  const memory = new RateLimiterMemory(options)
  if (!redis) return memory
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  })
}
