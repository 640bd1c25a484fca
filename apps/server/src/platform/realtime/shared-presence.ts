/**
 * What several processes know of who views which record, in Redis: a hash for each record with an entry for each
 * socket, and a word on a channel when it changes. Entries run out by themselves, as no process can be trusted to
 * take its own away. Without Redis for a while, each process knows its own alone.
 */
import type { Logger } from 'pino'
import { randomUUID } from 'node:crypto'
import { openRedis } from '../redis.ts'

/** Somebody has the record open; `field` is what they edit. */
export type Presence = { user_id: string; name: string; field: string | null }

export type SharedPresence = {
  put: (key: string, socket_id: string, presence: Presence) => void
  remove: (key: string, socket_id: string) => void
  /** What the other processes know. */
  others: (key: string) => Promise<Presence[]>
  announce: (key: string) => void
  onAnnounced: (listener: (key: string) => void) => void
  close: () => void
}

const channel = 'rapport:presence'
const hashOf = (key: string) => `${channel}:${key}`
/** Three times as long as it takes until it is said again. */
const longestLife_ms = 45_000

type Entry = Presence & { process: string; until: number }

export function sharePresence(
  url: string,
  log: Pick<Logger, 'warn' | 'info'>,
  life_ms = longestLife_ms,
): SharedPresence {
  const redis = openRedis(url, log)
  const subscriber = openRedis(url, log)
  const listeners = new Set<(key: string) => void>()
  const own = randomUUID()
  // Whoever cannot be reached tells of it in its own log; presence is not worth an error.
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined)

  subscriber.on('ready', () => quietly(subscriber.subscribe(channel)))
  subscriber.on('message', (_, text) => {
    const [process = '', key = ''] = split(text)
    if (process !== own) for (const listener of listeners) listener(key)
  })

  return {
    put(key, socket_id, presence) {
      const entry: Entry = { ...presence, process: own, until: Date.now() + life_ms }
      quietly(redis.hset(hashOf(key), socket_id, JSON.stringify(entry)))
      quietly(redis.pexpire(hashOf(key), life_ms))
    },
    remove: (key, socket_id) => quietly(redis.hdel(hashOf(key), socket_id)),
    async others(key) {
      const entries = await redis.hvals(hashOf(key)).catch((): string[] => [])
      return entries
        .map((text) => JSON.parse(text) as Entry)
        .filter(({ process, until }) => process !== own && until > Date.now())
        .map(({ user_id, name, field }) => ({ user_id, name, field }))
    },
    announce: (key) => quietly(redis.publish(channel, `${own} ${key}`)),
    onAnnounced: (listener) => void listeners.add(listener),
    close() {
      redis.disconnect()
      subscriber.disconnect()
    },
  }
}

const split = (text: string): string[] => {
  const space = text.indexOf(' ')
  return [text.slice(0, space), text.slice(space + 1)]
}
