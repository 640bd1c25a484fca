/**
 * What an earlier life left in the data directory. When the server is killed, its PostgreSQL lives on; when both
 * are killed, a file with a dead (or since reused) process number stays. Both are put right before a start.
 */
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './log.ts'
import { isAlive, isCode, isPostgresIn, stopPostgresProcess } from './processes.ts'

export async function clearOrphan(directory: string, log: Log): Promise<void> {
  const file = join(directory, 'postmaster.pid')
  const lines = readLines(file)
  if (!lines) return
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) rmSync(file, { force: true })
  else if (isPostgresIn(pid, realpathSync(directory))) await stopOrphan(pid, log)
  else if (isAlive(pid)) disownReusedNumber(file, lines)
}

/**
 * Stopped, not adopted: the next server is then its parent again, with its settings and its log file. A fast
 * shutdown rolls open transactions back, which is what their client's death had asked for.
 */
async function stopOrphan(pid: number, log: Log): Promise<void> {
  log.info(`Stopping the PostgreSQL (process ${pid}) that an earlier server left behind`)
  await stopPostgresProcess(pid)
}

/**
 * PostgreSQL would take any process with that number for a living server and refuse. The file is kept, because its
 * shared-memory key lets PostgreSQL notice surviving children; it ignores the number of its own parent, so ours
 * is put there.
 */
function disownReusedNumber(file: string, lines: string[]): void {
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'))
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
