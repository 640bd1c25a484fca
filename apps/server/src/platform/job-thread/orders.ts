/** The thread's side: takes orders until it is told to end. */
import { existsSync, readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { RunElsewhere } from '../jobs.ts'
import type { CommitListener } from '../tenancy.ts'
import type { Order, Told } from './protocol.ts'

const tell = (told: Told) => parentPort?.postMessage(told)

export const tellCommit: CommitListener = (commit) => tell({ told: 'commit', commit })

const self = '/proc/thread-self'

/** Whoever is at the screen comes first, where a thread alone can be told so: on Linux. */
function stepBack(): void {
  if (existsSync(self))
    setPriority(Number(basename(readlinkSync(self))), constants.priority.PRIORITY_BELOW_NORMAL)
}

type Parts = { log: Logger; run: RunElsewhere; stop: () => Promise<void> }

/** @param open makes what runs the jobs; orders that come before wait for it. */
export function workOnOrders(open: () => Promise<Parts>): void {
  stepBack()
  const opened = open()
  const halts = new Map<number, AbortController>()

  async function run({ id, kind, data, log_level }: Extract<Order, { order: 'run' }>): Promise<void> {
    const halt = new AbortController()
    halts.set(id, halt)
    try {
      const { log, run: work } = await opened
      log.level = log_level
      await work(kind, data, halt.signal)
      tell({ told: 'over', id, problem: null })
    } catch (error) {
      tell({ told: 'over', id, problem: error instanceof Error ? error : new Error(String(error)) })
    } finally {
      halts.delete(id)
    }
  }

  async function end(): Promise<void> {
    const { stop } = await opened
    await stop()
    // Of this thread alone. A connection that nobody closes, as one to Redis, would keep it.
    process.exit()
  }

  parentPort?.on('message', (order: Order) => {
    if (order.order === 'run') void run(order)
    else if (order.order === 'abort') halts.get(order.id)?.abort(new Error(order.reason))
    else void end()
  })
}
