/**
 * The embedded PostgreSQL: a real server, run from npm's binaries in the data directory, for whoever has no
 * database of their own. It heals what a kill left behind, restarts when it dies, and lets one server process in.
 */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { readOrCreateSecret } from '../secret-file.ts'
import { findBinaries } from './binaries.ts'
import { createCluster, restoreOwnership, isCluster, makeDirectory, SUPERUSER } from './cluster.ts'
import { planLaunch } from './command.ts'
import { acquireInstanceLock } from './instance-lock.ts'
import { holdsSockets } from './local-socket.ts'
import type { Log } from './log.ts'
import { DATABASE, ensureOrdinaryRole, ROLE } from './ordinary-role.ts'
import type { Place, PostmasterOptions } from './postmaster.ts'
import { type Supervised, supervise } from './supervisor.ts'
import { chooseSystemUser } from './system-user.ts'

export { DataDirectoryInUse } from './instance-lock.ts'

export interface PostgresOptions {
  dataDir: string
  log: Log
  /** Told when PostgreSQL died and could not be started again. Without it that is an uncaught error. */
  onLost?: (error: Error) => void
  /** PostgreSQL settings over the usual ones: a test run trades durability for speed. */
  settings?: Record<string, string>
}

export interface Postgres {
  /** For the application: an ordinary role that owns its database. */
  url: string
  /** For the superuser. Tests and repair only: row-level security does not apply to it. */
  adminUrl: string
  stop: () => Promise<void>
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const lock = acquireInstanceLock(dataDir)
  let server: Supervised | undefined
  try {
    const adminPassword = readOrCreateSecret(dataDir, 'postgres-admin-password')
    const password = readOrCreateSecret(dataDir, 'postgres-password')
    server = await startIn(dataDir, adminPassword, options)
    const { place } = server
    const adminUrl = buildUrl(SUPERUSER, adminPassword, place, 'postgres')
    await ensureOrdinaryRole(adminUrl, password)
    const running = server
    return {
      url: buildUrl(ROLE, password, place, DATABASE),
      adminUrl,
      stop: () => running.stop().finally(() => lock.release()),
    }
  } catch (error) {
    await server?.stop()
    lock.release()
    throw error
  }
}

async function startIn(
  dataDir: string,
  adminPassword: string,
  options: PostgresOptions,
): Promise<Supervised> {
  const { log, settings = {}, onLost = throwLater } = options
  const binaries = findBinaries()
  const directory = join(dataDir, 'postgres')
  const draft = join(dataDir, 'postgres.new')
  const runAs = chooseSystemUser(directory)
  const fresh = !isCluster(directory)
  if (fresh) makeDirectory(draft, runAs)
  else restoreOwnership(directory, runAs)
  const launch = planLaunch(runAs, binaries.postgres, fresh ? draft : directory)
  if (fresh) {
    log.info('Creating the embedded database')
    await createCluster({ binaries, launch, draft, directory, password: adminPassword })
  }

  const sockets = (await holdsSockets(directory)) ? directory : null
  const chooseOptions = async (): Promise<PostmasterOptions> => {
    const place = { port: await findFreePort(), sockets }
    return {
      program: binaries.postgres,
      launch,
      directory,
      logFile: join(dataDir, 'postgres.log'),
      place,
      adminUrl: buildUrl(SUPERUSER, adminPassword, place, 'postgres'),
      settings,
      log,
    }
  }
  return supervise(chooseOptions, onLost)
}

/** Thrown outside every promise, so that it ends the process instead of being lost. */
function throwLater(error: Error): void {
  setImmediate(() => {
    throw error
  })
}

/** Both passwords are base64url: nothing in them needs escaping. */
export function buildUrl(user: string, password: string, { port, sockets }: Place, database: string): string {
  const through = sockets === null ? '' : `?host=${encodeURIComponent(sockets)}`
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}${through}`
}

function findFreePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address && typeof address === 'object' ? address.port : 0
      probe.close(() => resolvePort(port))
    })
  })
}
