/** What is looked up when somebody asks: connections, events and jobs that wait, sockets, maintenance. */
import { Gauge, type Registry } from 'prom-client'
import type { Database } from '../database.ts'
import type { Limits } from '../limits/index.ts'
import type { Maintenance } from '../maintenance/index.ts'

const shared_ms = 1_000

export type MeasuredParts = {
  database: Database
  cache: Limits['cache']
  maintenance: Pick<Maintenance, 'current'>
  subscribers: () => string[]
  sockets: () => number
}

export function measureState(registry: Registry, parts: MeasuredParts): void {
  const { database, maintenance, sockets } = parts
  const registers = [registry]

  new Gauge({
    name: 'rapport_database_connections',
    help: 'Connections of this process to the database, and requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount, options } = database.pool
      this.set({ state: 'busy' }, totalCount - idleCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waiting' }, waitingCount)
      this.set({ state: 'max' }, options.max)
    },
  })
  new Gauge({
    name: 'rapport_sockets',
    help: 'Open real-time connections of this process',
    registers,
    collect() {
      this.set(sockets())
    },
  })
  new Gauge({
    name: 'rapport_maintenance',
    help: '1 while everything can only be read',
    registers,
    collect() {
      this.set(maintenance.current() === null ? 0 : 1)
    },
  })
  measureInstallation(registry, parts)
}

type Waiting = { subscriber: string; behind: number }
type Queue = { name: string; ready: number; active: number; deferred: number; failed: number }
/** Null when the database does not answer. */
type Seen = { waiting: Waiting[]; queues: Queue[] } | null

/** The installation's, not the process's: every process that is asked tells the same. */
function measureInstallation(registry: Registry, { database, cache, subscribers }: MeasuredParts): void {
  const registers = [registry]
  const look = shareBriefly(() => lookAround(database, subscribers()))

  new Gauge({
    name: 'rapport_dependency_up',
    help: '1 when what Rapport depends on answers',
    labelNames: ['dependency'],
    registers,
    async collect() {
      const cacheIsUp = cache.ping().then(
        () => 1,
        () => 0,
      )
      this.set({ dependency: 'database' }, (await look()) === null ? 0 : 1)
      this.set({ dependency: 'cache' }, await cacheIsUp)
    },
  })
  new Gauge({
    name: 'rapport_events_behind',
    help: 'Events that a subscriber has not worked on or passed yet, over all organizations; those that do not concern it are passed every 30 s',
    labelNames: ['subscriber'],
    registers,
    async collect() {
      this.reset()
      for (const { subscriber, behind } of (await look())?.waiting ?? []) this.set({ subscriber }, behind)
    },
  })
  new Gauge({
    name: 'rapport_jobs',
    help: 'Background jobs by queue and state',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset()
      for (const { name: queue, ...states } of (await look())?.queues ?? [])
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, Number(count))
    },
  })
}

/** Metrics matter most when the database is away: that is one of the answers, not a failure. */
async function lookAround({ pool }: Database, subscribers: string[]): Promise<Seen> {
  try {
    const [waiting, queues] = await Promise.all([
      pool.query<Waiting>(behindQuery, [subscribers]),
      pool.query<Queue>(queueQuery),
    ])
    return { waiting: waiting.rows, queues: queues.rows }
  } catch {
    return null
  }
}

/** The gauges of one scrape are collected together and look once. */
function shareBriefly<T>(work: () => Promise<T>): () => Promise<T> {
  let shared: { answer: Promise<T>; until: number } | undefined
  return () => {
    if (!shared || shared.until < Date.now()) shared = { answer: work(), until: Date.now() + shared_ms }
    return shared.answer
  }
}

const behindQuery = `
  SELECT s.subscriber, coalesce(sum(h.seq - coalesce(p.seq, 0)), 0)::bigint AS behind
  FROM unnest($1::text[]) AS s (subscriber)
  CROSS JOIN event_heads h
  LEFT JOIN event_positions p ON p.subscriber = s.subscriber AND p.organization_id = h.organization_id
  GROUP BY s.subscriber`

/** pg-boss counts every two seconds; to count by ourselves would read every job that is kept. */
const queueQuery = `
  SELECT name, ready_count AS ready, active_count AS active, deferred_count AS deferred, failed_count AS failed
  FROM pgboss.queue WHERE name NOT LIKE '\\_\\_pgboss\\_\\_%'`
