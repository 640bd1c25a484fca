/**
 * A thread of this process for the jobs that take long: whoever is at the screen does not wait for them, and one that
 * needs too much memory ends alone. It starts with the first such job, ends when there was none for a while, and starts
 * anew after it has broken; what was running in it is then tried again by the queue.
 */
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { RunElsewhere } from '../jobs.ts'
import type { CommitListener } from '../tenancy.ts'
import type { Order, Told } from './protocol.ts'

/** In megabytes; main.ts says how large its young heap may be. */
const resourceLimits = { maxOldGenerationSizeMb: 1_024 }
const idle_ms = 5 * 60_000
const end_ms = 5_000

export type JobThread = {
  run: RunElsewhere
  /** Lets it close what it has open; there must be no jobs any more. */
  stop: () => Promise<void>
}

type Parts = {
  /** The module that the thread begins with; it calls workOnOrders. */
  entry: URL
  data: unknown
  log: Logger
  /** Told of what the thread commits. */
  committed: CommitListener
  idle_ms?: number
}

type Waiting = { resolve: () => void; reject: (error: Error) => void }

export function createJobThread({
  entry,
  data,
  log,
  committed,
  idle_ms: rest_ms = idle_ms,
}: Parts): JobThread {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(entry, { workerData: data, resourceLimits })
    started.on('message', (told: Told) => {
      if (told.told === 'commit') committed(told.commit)
      else end(told.id, told.problem)
    })
    started.on('error', (error) => broken(started, error))
    started.on('exit', (code) =>
      broken(started, new Error(`The thread of the jobs ended with code ${code}.`)),
    )
    return started
  }

  function broken(one: Worker, error: Error): void {
    if (worker !== one) return
    log.error({ err: error, jobs: waiting.size }, 'the thread of the jobs broke; it starts anew')
    worker = null
    for (const id of waiting.keys()) end(id, error)
  }

  function end(id: number, problem: Error | null): void {
    const job = waiting.get(id)
    waiting.delete(id)
    if (problem) job?.reject(problem)
    else job?.resolve()
    if (waiting.size === 0) idle = setTimeout(() => void stop(), rest_ms).unref()
  }

  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    if (!ending) return
    worker = null
    const over = new Promise((resolve) => ending.once('exit', resolve))
    const late = setTimeout(() => void ending.terminate(), end_ms)
    ending.postMessage({ order: 'end' } satisfies Order)
    await over
    clearTimeout(late)
  }

  return {
    stop,
    async run(kind, data, signal) {
      signal.throwIfAborted()
      clearTimeout(idle)
      const thread = (worker ??= start())
      const id = (last += 1)
      const send = (order: Order) => thread.postMessage(order)
      const abort = () => send({ order: 'abort', id, reason: String(signal.reason) })
      signal.addEventListener('abort', abort, { once: true })
      try {
        await new Promise<void>((resolve, reject) => {
          waiting.set(id, { resolve, reject })
          send({ order: 'run', id, kind, data, log_level: log.level })
        })
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
  }
}
