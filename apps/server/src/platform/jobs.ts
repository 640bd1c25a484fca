/**
 * Background work that survives a crash, on pg-boss: queued in the transaction of its cause, run by any
 * worker. A running job shows a sign of life every few seconds; when that stops, another worker takes it.
 */
import { fromKysely, PgBoss, type QueueOptions } from 'pg-boss'
import type { Logger } from 'pino'
import type { Database } from './database.ts'
import type { Environment } from './environment.ts'
import type { Ctx, SystemTx, TenantTx } from './tenancy.ts'

export type JobHandler = (data: JobData, signal: AbortSignal) => Promise<void>
type GiveUp = (data: JobData) => Promise<void>
/** Whom a job belongs to is part of its data; handlers open their own tenant transactions. */
export type JobData = { organization_id: string; user_id: string | null } & Record<string, string | null>

type SystemJobData = Record<string, string | null>
type SystemJobHandler = (data: SystemJobData, signal: AbortSignal) => Promise<void>
/** How often a failed job is tried again, and how long the growing pause between attempts gets. */
type Persistence = { retries: number; longestDelay_s: number }
/**
 * How many jobs of a kind one process works on at a time: more than one for those that mostly wait for others, and where
 * a short one shall not wait for a long one.
 */
type Width = {
  at_once?: number
  /**
   * For jobs that go on where they stopped: who has worked so long stops at the next safe place if others of the kind
   * wait, and goes on behind them. So no number of long ones keeps a short one waiting for longer.
   */
  turn_s?: number
}

export type Jobs = {
  /**
   * Declares what runs jobs of this kind. At least once: a handler continues where a crash left it.
   * @param giveUp is told of a job that failed too often, or whose workers all died: nobody takes it up any more. Such
   * jobs are the long ones, whose end somebody waits for: where there is a thread for those, they run in it.
   */
  work: (kind: string, handler: JobHandler, options?: Width & { giveUp?: GiveUp }) => void
  /** Queues a job in the transaction of `ctx`: it exists exactly when that commits, and runs at once unless told. */
  enqueue: (
    ctx: Ctx,
    kind: string,
    data: Omit<JobData, 'organization_id' | 'user_id'>,
    options?: { after_s?: number },
  ) => Promise<void>
  /** Declares what runs jobs that belong to no organization. */
  workSystem: (
    kind: string,
    handler: SystemJobHandler,
    options?: Width & { persistence?: Persistence },
  ) => void
  /** Queues such a job in the transaction of its cause; `patient` ones let all others of their kind go first. */
  enqueueSystem: (
    tx: SystemTx | TenantTx,
    kind: string,
    data: SystemJobData,
    options?: { patient?: boolean },
  ) => Promise<void>
  /** Runs `handler` by a cron expression (UTC), once per due time across all processes. */
  schedule: (name: string, cron: string, handler: () => Promise<void>) => void
}

/** Works on a job somewhere else, until it is done; rejects where it failed. */
export type RunElsewhere = (kind: string, data: JobData, signal: AbortSignal) => Promise<void>

export type RunningJobs = Jobs & {
  /** Works on one job here and now, which somebody else has taken from the queue. */
  run: RunElsewhere
  start: () => Promise<void>
  /** Takes no job any more and stops the running ones at their next safe place; later they go on from there. */
  pause: () => Promise<void>
  resume: () => Promise<void>
  /** Lets running jobs finish for a while; what does not is taken up again after the next start. */
  stop: () => Promise<void>
}

const heartbeat_s = 10
const sign_of_life_s = 3
const look_for_dead_s = 2
const stop_ms = 15_000

type Queue = QueueOptions & { notify: boolean; deadLetter?: string }

const queueOptions: Queue = {
  notify: true,
  heartbeatSeconds: heartbeat_s,
  // The heartbeat finds dead workers; this only bounds a job that never ends.
  expireInSeconds: 12 * 3600,
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
}

/** Whatever keeps the end of a job from being told has a day to pass. */
const givingUp: Queue = { ...queueOptions, retryLimit: 288 }
const givenUp = (kind: string) => `${kind}.given-up`

type Working = Width & { handler: JobHandler | SystemJobHandler; options: Queue }

type Parts = {
  database: Pick<Database, 'url'>
  log: Logger
  role: Environment['role']
  /** Where long jobs run, if not here. */
  elsewhere?: RunElsewhere | undefined
}

export function createJobs({ database, log, role, elsewhere }: Parts): RunningJobs {
  const works = role !== 'web'
  const handlers = new Map<string, Working>()
  const long = new Map<string, JobHandler>()
  const schedules = new Map<string, { cron: string; handler: () => Promise<void> }>()
  let started = false
  let halt = new AbortController()
  let turn: Promise<void> = Promise.resolve()
  const boss = new PgBoss({
    connectionString: database.url,
    application_name: 'rapport jobs',
    max: 3,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: look_for_dead_s,
    monitorIntervalSeconds: look_for_dead_s,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue had a problem; it tries again'))
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'))

  const declareQueue = async (name: string, options = queueOptions) => {
    await boss.createQueue(name, options)
    await boss.updateQueue(name, options) // an older version may have made it
  }

  /** Ends with `end`, or once its time is over and others of the kind wait. */
  function beginTurn(kind: string, turn_s: number | undefined) {
    const over = new AbortController()
    const look = async () => {
      const [found] = await boss.getQueueStats(kind)
      if (found && found.readyCount > 0) over.abort(new Error('Others have their turn.'))
    }
    const tell = (error: unknown) =>
      log.warn({ err: error, kind }, 'nobody knows who waits; the turn goes on')
    const timer =
      turn_s === undefined ? undefined : setInterval(() => void look().catch(tell), turn_s * 1_000)
    return { over: over.signal, end: () => clearInterval(timer) }
  }

  async function runHere(name: string, run: JobHandler | SystemJobHandler, turn_s?: number) {
    const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 }
    const worker = await boss.work<JobData>(
      name,
      { ...polling, heartbeatRefreshSeconds: sign_of_life_s },
      async ([job]) => {
        if (!job) return
        const { signal } = halt
        const turn = beginTurn(name, turn_s)
        try {
          // It may have been fetched while the pause began.
          signal.throwIfAborted()
          await run(job.data, AbortSignal.any([job.signal, signal, turn.over]))
        } catch (error) {
          if (turn.over.aborted && !signal.aborted) {
            // Queued anew, and not as a failed attempt.
            await boss.send(name, job.data)
            log.info(
              { err: error, job_id: job.id, kind: name },
              'a job had its turn; it goes on behind the others',
            )
            return
          }
          if (signal.aborted)
            log.info({ job_id: job.id, kind: name }, 'a job was interrupted; it goes on later')
          else
            log.error({ err: error, job_id: job.id, kind: name, attempt: job.retryCount + 1 }, 'a job failed')
          throw error
        } finally {
          turn.end()
          // The next one may have waited for this one: it is looked for at once, not when it is time to look again.
          boss.notifyWorker(worker)
        }
      },
    )
  }

  async function takeJobs(): Promise<void> {
    for (const [kind, { handler, at_once = 1, turn_s }] of handlers)
      for (let count = 0; count < at_once; count += 1) await runHere(kind, handler, turn_s)
    for (const [name, { handler }] of schedules) await runHere(name, handler)
  }

  /** Pausing and going on take turns, however quickly they follow each other. */
  function inTurn(step: () => Promise<void>): Promise<void> {
    turn = turn.then(step, step)
    return turn
  }

  function declare(name: string): void {
    if (handlers.has(name) || schedules.has(name)) throw new Error(`There are two jobs of the name ${name}.`)
  }

  return {
    work(kind, handler, { giveUp, ...width } = {}) {
      declare(kind)
      if (!giveUp) return void handlers.set(kind, { ...width, handler, options: queueOptions })
      long.set(kind, handler)
      handlers.set(givenUp(kind), { handler: giveUp, options: givingUp })
      const run: JobHandler = elsewhere ? (data, signal) => elsewhere(kind, data, signal) : handler
      handlers.set(kind, { ...width, handler: run, options: { ...queueOptions, deadLetter: givenUp(kind) } })
    },
    async run(kind, data, signal) {
      const handler = long.get(kind)
      if (!handler) throw new Error(`Nothing works on long jobs of the kind ${kind}.`)
      await handler(data, signal)
    },
    workSystem(kind, handler, { persistence, ...width } = {}) {
      declare(kind)
      const { retries, longestDelay_s } = persistence ?? {}
      const options = { retryLimit: retries, retryDelayMax: longestDelay_s }
      handlers.set(kind, {
        ...width,
        handler,
        options: persistence ? { ...queueOptions, ...options } : queueOptions,
      })
    },
    async enqueueSystem(tx, kind, data, { patient = false } = {}) {
      if (!handlers.has(kind)) throw new Error(`Nothing works on jobs of the kind ${kind}.`)
      await boss.send(kind, data, { priority: patient ? -1 : 0, db: fromKysely(tx) })
    },
    async enqueue({ tx, actor }, kind, data, { after_s = 0 } = {}) {
      if (!handlers.has(kind)) throw new Error(`Nothing works on jobs of the kind ${kind}.`)
      const { organization_id, user_id } = actor
      await boss.send(
        kind,
        { ...data, organization_id, user_id },
        { startAfter: after_s, db: fromKysely(tx) },
      )
    },
    schedule(name, cron, handler) {
      declare(name)
      schedules.set(name, { cron, handler })
    },
    async start() {
      await boss.start()
      for (const [kind, { options }] of handlers) await declareQueue(kind, options)
      if (!works) return
      for (const [name, { cron }] of schedules) {
        await declareQueue(name)
        await boss.schedule(name, cron, null, { tz: 'UTC' })
      }
      started = true
      if (!halt.signal.aborted) await takeJobs()
    },
    pause: () =>
      inTurn(async () => {
        if (halt.signal.aborted) return
        halt.abort(new Error('Jobs are paused.'))
        if (!started) return
        for (const name of [...handlers.keys(), ...schedules.keys()])
          await boss.offWork(name, { wait: false })
      }),
    resume: () =>
      inTurn(async () => {
        if (!halt.signal.aborted) return
        halt = new AbortController()
        if (started) await takeJobs()
      }),
    async stop() {
      await boss.stop({ graceful: true, timeout: stop_ms })
    },
  }
}
