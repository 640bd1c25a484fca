import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { clearOrphan } from './orphan.ts'
import { type Place, type PostmasterOptions, StartFailed, startPostmaster } from './postmaster.ts'
import { stopPostgresProcess } from './processes.ts'

export interface Supervised {
  place: Place
  stop: () => Promise<void>
}

/** Past this many deaths in a minute something is wrong that another start does not put right. */
const MOST_RESTARTS_A_MINUTE = 5
const MOST_ATTEMPTS = 40
const RETRY_AFTER_MS = 250

/** The children of a killed server live on for a moment; a free port can be taken before it is used. */
const PASSING = /pre-existing shared memory block|could not bind|could not create any TCP\/IP sockets/

/** Keeps PostgreSQL running, on one port, until it is stopped. */
export async function supervise(
  chooseOptions: () => Promise<PostmasterOptions>,
  onLost: (error: Error) => void,
): Promise<Supervised> {
  const first = await startPatiently(chooseOptions)
  const { options } = first
  let { child } = first
  let stopping: Promise<void> | undefined
  let restarting: Promise<void> | undefined
  let deaths: number[] = []

  const restart = async () => {
    deaths = [...deaths.filter((at) => Date.now() - at < 60_000), Date.now()]
    if (deaths.length > MOST_RESTARTS_A_MINUTE)
      throw new Error(`PostgreSQL keeps dying: see ${options.logFile}`)
    options.log.info('PostgreSQL died: starting it again')
    child = (await startPatiently(async () => options)).child
    watch()
    if (stopping) await end(child)
  }
  const watch = () => {
    child.once('exit', () => {
      if (stopping) return
      restarting = restart().catch((error: unknown) => {
        // Whoever stops us while we start again wants no database, and misses none.
        if (!stopping) onLost(asError(error))
      })
    })
  }
  watch()

  // The last chance when the server ends without stopping us, after an uncaught error for one.
  const leave = () => child.kill('SIGINT')
  process.once('exit', leave)
  return {
    place: options.place,
    stop() {
      process.off('exit', leave)
      return (stopping ??= end(child).then(() => restarting))
    },
  }
}

async function startPatiently(
  chooseOptions: () => Promise<PostmasterOptions>,
): Promise<{ child: ChildProcess; options: PostmasterOptions }> {
  for (let attempt = 1; ; attempt++) {
    const options = await chooseOptions()
    await clearOrphan(options.directory, options.log)
    try {
      return { child: await startPostmaster(options), options }
    } catch (error) {
      const passing = error instanceof StartFailed && PASSING.test(error.reason)
      if (!passing || attempt === MOST_ATTEMPTS) throw error
      await sleep(RETRY_AFTER_MS)
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid !== undefined) await stopPostgresProcess(child.pid)
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
