/**
 * Tells who waits for events that there are new ones. Listeners in this process are called right after the
 * commit; other processes hear of it through NOTIFY on a connection of its own, a few milliseconds later and
 * for many commits at once. A NOTIFY inside the business transactions would make all commits of the database
 * take turns. The signal only wakes: whoever hears it reads the events themselves, so a lost one costs time,
 * never an event.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../database.ts'
import type { Commit, CommitListener } from '../tenancy.ts'

const channel = 'rapport_commits'
const coalesce_ms = 20
const heartbeat_ms = 10_000
const longest_reconnect_ms = 5_000
/** PostgreSQL takes payloads below 8,000 bytes. */
const longestPayload = 7_000

export type SignalListener = {
  committed: CommitListener
  /** Commits may have gone unheard: look at everything. */
  recheck: () => void
}

export type CommitSignal = {
  /** For createTenancy. */
  committed: CommitListener
  /** Answers how to stop listening. */
  subscribe: (listener: SignalListener) => () => void
  start: () => Promise<void>
  stop: () => Promise<void>
}

export function createCommitSignal(database: Pick<Database, 'url'>, log: Logger): CommitSignal {
  const sender = randomUUID()
  const listeners = new Set<SignalListener>()
  const unsent = new Map<string, Head>()
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  let reconnect: NodeJS.Timeout | null = null
  let attempts = 0
  let stopped = true

  const tell: CommitListener = (commit) => {
    for (const listener of listeners) listener.committed(commit)
  }
  const recheck = () => {
    for (const listener of listeners) listener.recheck()
  }

  function committed(commit: Commit): void {
    tell(commit)
    const { organization_id, seq, changes_access } = commit
    if (stopped) return
    const known = unsent.get(organization_id)
    unsent.set(organization_id, {
      seq: Math.max(seq, known?.seq ?? 0),
      changes_access: changes_access || known?.changes_access === true,
    })
    timer ??= setTimeout(send, coalesce_ms)
  }

  function send(): void {
    timer = null
    if (!client || unsent.size === 0) return // after a reconnect, "everything" is sent
    const payload = encode(sender, unsent)
    unsent.clear()
    client
      .query('SELECT pg_notify($1, $2)', [channel, payload])
      .catch((error: unknown) => log.warn({ err: error }, 'other processes could not be told of commits'))
  }

  function receive(payload: string | undefined): void {
    const message = decode(payload ?? '')
    if (message.sender === sender) return
    if (message.heads === 'all') recheck()
    else for (const [organization_id, head] of message.heads) tell({ organization_id, ...head, events: null })
  }

  async function connect(): Promise<void> {
    const opened = new pg.Client({
      connectionString: database.url,
      application_name: 'rapport commits',
      keepAlive: true,
      pipeline: true,
      query_timeout: 5_000,
    })
    const lost = (error?: Error) => {
      if (client === opened) client = null
      opened.removeAllListeners('end')
      void opened.end().catch(() => undefined) // it is already broken
      if (!stopped) retry(error)
    }
    opened.on('error', (error) => lost(error))
    opened.on('notification', ({ payload }) => receive(payload))
    await opened.connect()
    opened.on('end', () => lost())
    // Notifications carry nothing that a crash could lose, so their commits need not wait for the disk.
    await opened.query(`SET synchronous_commit = off; LISTEN ${channel}`)
    client = opened
    attempts = 0
    beat(opened, lost)
  }

  /** A connection that a firewall dropped silently is found by asking. */
  function beat(opened: pg.Client, lost: (error: Error) => void): void {
    const heart = setInterval(() => {
      if (client !== opened) clearInterval(heart)
      else opened.query('SELECT 1').catch(lost)
    }, heartbeat_ms)
    heart.unref()
  }

  function retry(error?: unknown): void {
    if (reconnect) return
    log.warn({ err: error }, 'the connection that listens for commits was lost')
    const delay_ms = Math.min(longest_reconnect_ms, 100 * 2 ** attempts)
    attempts += 1
    reconnect = setTimeout(() => {
      reconnect = null
      connect().then(announceAll, (failure: unknown) => {
        if (!stopped) retry(failure)
      })
    }, delay_ms)
  }

  /** After a gap both sides look at everything: what we missed, and what the others were not told. */
  function announceAll(): void {
    unsent.clear()
    client?.query('SELECT pg_notify($1, $2)', [channel, `${sender} *`]).catch(() => undefined) // lost again: comes back here
    recheck()
  }

  return {
    committed,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async start() {
      await connect()
      stopped = false
    },
    async stop() {
      if (timer) clearTimeout(timer)
      send()
      stopped = true
      if (reconnect) clearTimeout(reconnect)
      const last = client
      client = null
      last?.removeAllListeners('end')
      await last?.end()
    },
  }
}

/** The newest event of an organization, and whether one since the last message changes what members may do. */
type Head = { seq: number; changes_access: boolean }

/** `sender org:seq,org:seq!`, with a mark where access changed, or `sender *` when that would be too long. */
export function encode(sender: string, heads: ReadonlyMap<string, Head>): string {
  const told = [...heads].map(
    ([organization_id, { seq, changes_access }]) => `${organization_id}:${seq}${changes_access ? '!' : ''}`,
  )
  const text = `${sender} ${told.join(',')}`
  return text.length > longestPayload ? `${sender} *` : text
}

export function decode(payload: string): { sender: string; heads: [string, Head][] | 'all' } {
  const [sender = '', heads = ''] = payload.split(' ')
  if (heads === '*') return { sender, heads: 'all' }
  const pairs = heads.split(',').flatMap((pair): [string, Head][] => {
    const [, organization_id, seq, mark] = /^([^:]+):(\d+)(!?)$/.exec(pair) ?? []
    if (organization_id === undefined) return []
    return [[organization_id, { seq: Number(seq), changes_access: mark === '!' }]]
  })
  return { sender, heads: pairs }
}
