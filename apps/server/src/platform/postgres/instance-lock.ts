/**
 * One server process to a data directory. The lock is a file that names its holder; a holder that was killed
 * leaves the file behind, so whoever finds it looks whether that very process still runs.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, isCode, readStartOf } from './processes.ts'
import { StartRefused } from './start-refused.ts'

interface Holder {
  pid: number
  started: string | undefined
}

export class DataDirectoryInUse extends StartRefused {
  readonly pid: number

  constructor(dataDir: string, pid: number) {
    super(
      `Another Rapport server (process ${pid}) already uses the data directory ${dataDir}. ` +
        'Stop it first, or give this one its own RAPPORT_DATA_DIR.',
    )
    this.pid = pid
  }
}

export interface InstanceLock {
  release: () => void
}

export function acquireInstanceLock(dataDir: string): InstanceLock {
  const file = join(dataDir, 'rapport.lock')
  const draft = `${file}.${process.pid}`
  const mine: Holder = { pid: process.pid, started: readStartOf(process.pid) }
  writeFileSync(draft, JSON.stringify(mine))
  try {
    // Linking fails when the name is taken and never shows half a file: two starts cannot both succeed.
    while (!tryLink(draft, file)) removeIfAbandoned(file, dataDir)
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    release() {
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
    },
  }
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function removeIfAbandoned(file: string, dataDir: string): void {
  const holder = readHolder(file)
  if (holder && isHeld(holder)) throw new DataDirectoryInUse(dataDir, holder.pid)
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  giveBackIfTakenMeanwhile(aside, file, dataDir)
}

/** Between looking and moving, another start may have cleared the old lock and taken its own. */
function giveBackIfTakenMeanwhile(aside: string, file: string, dataDir: string): void {
  const moved = readHolder(aside)
  const taken = moved && isHeld(moved)
  if (taken) tryLink(aside, file)
  rmSync(aside, { force: true })
  if (taken) throw new DataDirectoryInUse(dataDir, moved.pid)
}

function isHeld(holder: Holder): boolean {
  return isAlive(holder.pid) && readStartOf(holder.pid) === holder.started
}

function readHolder(file: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isHolder(value) ? value : undefined
  } catch (error) {
    // A disk that was full, or a power cut, can leave an empty file: nobody holds that.
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number'
}
