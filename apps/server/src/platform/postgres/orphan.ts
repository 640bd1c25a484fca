/**
 * What an earlier life left in the data directory. When the server is killed, its PostgreSQL lives on; when both
 * are killed, a file with a dead (or since reused) process number stays. Both are put right before a start.
 */
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './log.ts'
import { isCode, isPostgresIn, stopPostgresProcess } from './processes.ts'

export async function clearOrphan(directory: string, log: Log): Promise<void> {
  const file = join(directory, 'postmaster.pid')
  const pid = Number(readLines(file)?.[0])
  if (pid > 0 && isPostgresIn(pid, realpathSync(directory))) await stopOrphan(pid, log)
  disownPidFile(file)
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
 * PostgreSQL takes any process with the number in this file for a living server and refuses, be it a stranger or a
 * zombie that nobody collects. The file is kept, because its shared-memory key lets PostgreSQL notice children that
 * survived; but it ignores the number of its own parent, so ours is put there.
 */
function disownPidFile(file: string): void {
  const lines = readLines(file)
  if (!lines) return
  if (lines.length > 1) writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'))
  else rmSync(file)
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
