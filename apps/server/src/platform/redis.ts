/** The connection to Redis or Valkey, for those who set REDIS_URL. What it serves goes on without it when it fails. */
import { createRequire } from 'node:module'
import type * as Ioredis from 'ioredis'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'

const longestPause_ms = 5_000
/** Its code is loaded for those who have one. */
const require = createRequire(import.meta.url)

/** A command that Redis does not take at once fails at once: nobody waits for a cache. */
export function openRedis(url: string, log: Pick<Logger, 'warn' | 'info'>): Redis {
  const { Redis } = require('ioredis') as typeof Ioredis
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 500,
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, longestPause_ms),
  })
  let down = false
  redis.on('error', (error: Error) => {
    if (!down) log.warn({ err: error }, 'Redis does not answer; going on without it')
    down = true
  })
  redis.on('ready', () => {
    if (down) log.info('Redis answers again')
    down = false
  })
  return redis
}
