import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, fchownSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { buildCommand, type Launch } from './command.ts'
import type { Log } from './log.ts'
import { removeSockets } from './local-socket.ts'
import { isCode } from './processes.ts'
import { StartRefused } from './start-refused.ts'

/** Where it is reached: `sockets` is the directory of its socket, if it makes one. */
export interface Place {
  port: number
  sockets: string | null
}

export interface PostmasterOptions {
  program: string
  launch: Launch
  directory: string
  logFile: string
  place: Place
  adminUrl: string
  settings: Record<string, string>
  log: Log
}

/**
 * A quarter of the memory, as PostgreSQL's own guidance has it, at most 1 GB: it is taken only as data fills it, and a
 * search that finds its pages there is a third faster than one that asks the operating system for them.
 */
function sharedBuffers(): string {
  const quarter = Math.floor(totalmem() / 4 / 1024 / 1024)
  return `${Math.max(128, Math.min(1024, quarter))}MB`
}

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // In its own directory, if at all: the usual one may not be the database user's to write.
  unix_socket_directories: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: sharedBuffers(),
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
}

const LARGEST_LOG_BYTES = 10 * 1024 * 1024
const PROGRESS_EVERY_MS = 10_000

/** Ended before it accepted connections; `reason` is what it wrote to its log. */
export class StartFailed extends StartRefused {
  readonly reason: string

  constructor(reason: string, logFile: string) {
    super(`PostgreSQL did not start (see ${logFile}):\n${reason}`)
    this.reason = reason
  }
}

export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const logStart = beginLog(options.logFile)
  const child = spawnPostmaster(options)
  try {
    await waitUntilReady(child, options)
    return child
  } catch (error) {
    if (!hasEnded(child)) child.kill('SIGINT')
    if (!(error instanceof EndedEarly)) throw error
    throw new StartFailed(readLogFrom(options.logFile, logStart), options.logFile)
  }
}

class EndedEarly extends Error {}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function spawnPostmaster({
  program,
  launch,
  directory,
  logFile,
  place,
  settings,
}: PostmasterOptions): ChildProcess {
  removeSockets(directory)
  const local = place.sockets === null ? {} : { unix_socket_directories: '.' }
  const flags = Object.entries({ ...SETTINGS, ...local, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const command = buildCommand(launch, program, ['-D', directory, '-p', String(place.port), ...flags])
  const output = openSync(logFile, 'a', 0o600)
  try {
    if (launch.runAs) fchownSync(output, launch.runAs.uid, launch.runAs.gid)
    // Its own session: Ctrl-C in the terminal reaches the server alone, which finishes its work and then stops us.
    return spawn(command.file, command.args, {
      ...command.options,
      detached: true,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

/** After a crash PostgreSQL first replays its log, for as long as that takes; only its end is a failure. */
async function waitUntilReady(child: ChildProcess, { adminUrl, log }: PostmasterOptions): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  let nextReport = Date.now() + PROGRESS_EVERY_MS
  while (!(await acceptsConnections(adminUrl))) {
    if (failure) throw failure
    if (hasEnded(child)) throw new EndedEarly()
    if (Date.now() > nextReport) {
      log.info('PostgreSQL is still recovering from its last stop')
      nextReport += PROGRESS_EVERY_MS
    }
    await sleep(25)
  }
  if (failure) throw failure
  if (hasEnded(child)) throw new EndedEarly()
}

/** Nobody listens, there is no socket yet, or it is still recovering. */
const notYetCodes = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P03']

async function acceptsConnections(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // A connection that breaks while it is being closed reports that here, and nobody else needs to know.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    const notYet = notYetCodes.some((code) => isCode(error, code))
    if (notYet || isClosedWhileConnecting(error)) return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** pg gives these two no code. */
function isClosedWhileConnecting(error: unknown): boolean {
  return error instanceof Error && /terminated unexpectedly|timeout expired/.test(error.message)
}

function beginLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size <= LARGEST_LOG_BYTES) return size
  rmSync(`${logFile}.old`, { force: true })
  renameSync(logFile, `${logFile}.old`)
  return 0
}

function readLogFrom(logFile: string, start: number): string {
  const written = readFileSync(logFile).subarray(start).toString('utf8').trim()
  return written.split('\n').slice(-20).join('\n')
}
