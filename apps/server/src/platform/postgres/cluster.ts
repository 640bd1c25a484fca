import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import { buildCommand, type Launch } from './command.ts'
import type { RunAs } from './system-user.ts'

export const SUPERUSER = 'postgres'

export interface NewCluster {
  binaries: Binaries
  launch: Launch
  /** Made beside its final place, then renamed: a start that is killed half way leaves nothing to repair. */
  draft: string
  directory: string
  password: string
}

export const isCluster = (directory: string) => existsSync(join(directory, 'PG_VERSION'))

export async function createCluster(cluster: NewCluster): Promise<void> {
  const { draft, directory, launch, password } = cluster
  makeDirectory(draft, launch.runAs)
  const scratch = mkdtempSync(join(tmpdir(), 'rapport-initdb-'))
  try {
    const passwordFile = writePasswordFile(scratch, password, launch)
    await runInitdb(cluster, passwordFile)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  // An empty directory may stand there already (a mounted volume's sub-directory, a start that was cut off).
  rmSync(directory, { recursive: true, force: true })
  renameSync(draft, directory)
}

/** Made anew: what an initdb that was cut off left in it is of no use. */
export function makeDirectory(directory: string, runAs: RunAs | undefined): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (runAs) chownSync(directory, runAs.uid, runAs.gid)
}

/** A copied or restored directory may have lost its mode and belong to root; PostgreSQL insists on both. */
export function restoreOwnership(directory: string, runAs: RunAs | undefined): void {
  const { mode, uid } = statSync(directory)
  if ((mode & 0o777) !== 0o700) chmodSync(directory, 0o700)
  if (!runAs || uid === runAs.uid) return
  const entries = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  for (const entry of ['', ...entries]) lchownSync(join(directory, entry), runAs.uid, runAs.gid)
}

function writePasswordFile(scratch: string, password: string, { runAs }: Launch): string {
  const file = join(scratch, 'password')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  if (runAs) for (const path of [scratch, file]) chownSync(path, runAs.uid, runAs.gid)
  return file
}

async function runInitdb({ binaries, launch, draft }: NewCluster, passwordFile: string): Promise<void> {
  const wanted = {
    pgdata: draft,
    username: SUPERUSER,
    pwfile: passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    // Sorts by code point like C, but knows the upper and lower case of every letter.
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  }
  const flags = Object.entries(wanted).map(([name, value]) => `--${name}=${value}`)
  const { file, args, options } = buildCommand(launch, binaries.initdb, flags)
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
  ])
  if (code !== 0) throw new Error(`initdb failed (${code}):\n${output}${errors}`.trim())
}
