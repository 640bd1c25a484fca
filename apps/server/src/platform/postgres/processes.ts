import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    // EPERM: the process is there, but belongs to someone else.
    return isCode(error, 'EPERM')
  }
}

/** In a container whose first process collects no children, a dead process keeps its number as a zombie. */
function isZombie(pid: number): boolean {
  return process.platform === 'linux' && readStat(pid)?.[0] === 'Z'
}

/**
 * When a process began, as the system tells it. Process numbers are given out again, so a number alone does not
 * say who it is; with its start it does. Undefined when the process is gone or the system does not tell.
 */
export function readStartOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readStat(pid)?.[19]
  if (process.platform === 'win32') return undefined
  return runPs(pid, 'lstart=')
}

/** Whether the process is a PostgreSQL server that works in this directory. */
export function isPostgresIn(pid: number, directory: string): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux')
      return readName(pid) === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === directory
  } catch {
    // Hidden from us (another user, hidepid): what it was started with may still be readable.
  }
  const command = runPs(pid, 'command=') ?? ''
  return command.includes('postgres') && command.includes(directory)
}

function readName(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
}

async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** Sends a signal to a process that may have ended in the meantime. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!isCode(error, 'ESRCH')) throw error
  }
}

/** PostgreSQL's own three ways to stop: roll back and write out; give up at once and recover later; the axe. */
const STOP_SIGNALS = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
] as const

export async function stopPostgresProcess(pid: number): Promise<void> {
  for (const [name, patienceMs] of STOP_SIGNALS) {
    signal(pid, name)
    if (await waitUntilGone(pid, patienceMs)) return
  }
  throw new Error(`PostgreSQL process ${pid} does not stop`)
}

/** Fields of /proc/<pid>/stat from the third on: the second is a name that may hold spaces and parentheses. */
function readStat(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function runPs(pid: number, column: string): string | undefined {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
