/**
 * The database of an installation, for commands that are run beside its server or without it: the one that
 * DATABASE_URL names, the embedded one of the server that is running, or else the embedded one started for as long
 * as the command takes.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readOrCreateSecret } from '../secret-file.ts'
import { buildUrl, DataDirectoryInUse, startPostgres } from './index.ts'
import type { Log } from './log.ts'
import { DATABASE, ROLE } from './ordinary-role.ts'
import type { Place } from './postmaster.ts'
import { isCode } from './processes.ts'
import { StartRefused } from './start-refused.ts'

export type Reached = {
  url: string
  /** Whether this process started the database, and so is alone with it. */
  started: boolean
  close: () => Promise<void>
}

type Installation = { databaseUrl: string | undefined; dataDir: string; log: Log }

const patience_ms = 20_000
const nothingToClose = async () => undefined

export async function reachPostgres({ databaseUrl, dataDir, log }: Installation): Promise<Reached> {
  if (databaseUrl) return { url: databaseUrl, started: false, close: nothingToClose }
  try {
    const { url, stop } = await startPostgres({ dataDir, log })
    return { url, started: true, close: stop }
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error
    return { url: await findRunning(resolve(dataDir)), started: false, close: nothingToClose }
  }
}

/** A server that is only just starting writes its port a moment later. */
async function findRunning(dataDir: string): Promise<string> {
  const deadline = Date.now() + patience_ms
  for (;;) {
    const place = readReadyPlace(join(dataDir, 'postgres'))
    if (place !== undefined)
      return buildUrl(ROLE, readOrCreateSecret(dataDir, 'postgres-password'), place, DATABASE)
    if (Date.now() > deadline)
      throw new StartRefused(`The database of the server that uses ${dataDir} did not become ready.`)
    await sleep(100)
  }
}

/** Line 4 of PostgreSQL's own file is its port, line 5 the directory of its socket as we said it, line 8 its state. */
function readReadyPlace(directory: string): Place | undefined {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
    if (lines[7]?.trim() !== 'ready') return undefined
    return { port: Number(lines[3]), sockets: lines[4] === '.' ? directory : null }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
