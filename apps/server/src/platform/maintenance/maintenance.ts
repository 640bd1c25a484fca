/**
 * Read-only mode and the log level, as the operator sets them for the whole installation. Every process looks at the
 * one row of settings every two seconds, so nothing has to reach every process to stop writing.
 */
import type { Logger } from 'pino'
import type { Environment } from '../environment.ts'
import { Problem } from '../problems.ts'
import type { Tenancy } from '../tenancy.ts'
import { readOperatorSettings, type OperatorSettings } from './settings.ts'

const interval_ms = 2_000
const retry_s = 60

/** `notice` is the operator's own words, or empty when there are none. */
export type MaintenanceState = { notice: string; since: string }
type Listener = (state: MaintenanceState | null) => void

export type Maintenance = {
  /** Null when everything is writable. */
  current: () => MaintenanceState | null
  /** Throws the 503 of read-only mode when it is on. */
  refuseWrites: () => void
  onChange: (listener: Listener) => void
}

type Parts = {
  environment: Pick<Environment, 'maintenanceNotice' | 'logLevel'>
  tenancy: Pick<Tenancy, 'inSystem'>
  log: Logger
  every_ms?: number
}

export type RunningMaintenance = Maintenance & { start: () => Promise<void>; stop: () => void }

export function createMaintenance({
  environment,
  tenancy,
  log,
  every_ms = interval_ms,
}: Parts): RunningMaintenance {
  const listeners = new Set<Listener>()
  const { maintenanceNotice } = environment
  let state: MaintenanceState | null =
    maintenanceNotice === undefined ? null : { notice: maintenanceNotice, since: new Date().toISOString() }
  let timer: NodeJS.Timeout | undefined
  let blind = false

  function apply({ maintenance_notice, maintenance_since, log_level }: OperatorSettings): void {
    const level = log_level ?? environment.logLevel
    if (log.level !== level) log.level = level
    // What the environment says holds for the life of the process.
    if (maintenanceNotice !== undefined) return
    const next =
      maintenance_notice === null ? null : { notice: maintenance_notice, since: maintenance_since ?? '' }
    if (next?.notice === state?.notice && next?.since === state?.since) return
    state = next
    log.warn({ maintenance: next }, next ? 'maintenance: read-only from now on' : 'maintenance has ended')
    for (const listener of listeners) listener(next)
  }

  async function look(): Promise<void> {
    try {
      apply(await tenancy.inSystem(readOperatorSettings))
      blind = false
    } catch (error) {
      // The last state holds. Said once: with the database away, everything else speaks up, too.
      if (!blind) log.warn({ err: error }, 'the operator settings could not be read')
      blind = true
    }
  }

  const lookAgain = () => {
    timer = setTimeout(() => {
      void look().finally(() => {
        if (timer) lookAgain()
      })
    }, every_ms)
    timer.unref()
  }

  return {
    current: () => state,
    refuseWrites() {
      if (state) throw inMaintenance(state)
    },
    onChange: (listener) => void listeners.add(listener),
    async start() {
      await look()
      lookAgain()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

function inMaintenance({ notice }: MaintenanceState): Problem {
  const detail = notice || 'Rapport is being worked on and can only be read for now. Nothing was changed.'
  return new Problem(503, 'maintenance', 'Maintenance', detail, { retryAfterSeconds: retry_s })
}
