/**
 * PostgreSQL refuses to run as root, rightly. When the server itself runs as root (containers, quick trials), the
 * database runs under the owner of its data, or under the system user `postgres`, which is made when missing.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { isCode } from './processes.ts'
import { StartRefused } from './start-refused.ts'

export interface RunAs {
  uid: number
  gid: number
}

/** Undefined: the database runs as the user who runs the server. */
export function chooseSystemUser(dataDirectory: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined
  return ownerOf(dataDirectory) ?? findUser('postgres') ?? createUser('postgres')
}

function ownerOf(directory: string): RunAs | undefined {
  try {
    const { uid, gid } = statSync(directory)
    return uid === 0 ? undefined : { uid, gid }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function findUser(name: string): RunAs | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

function createUser(name: string): RunAs {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]
  const made = spawnSync('useradd', options, { encoding: 'utf8' })
  const user = findUser(name)
  if (user) return user
  throw new StartRefused(
    `PostgreSQL does not run as root, and the system user ${name} could not be made ` +
      `(${(made.error?.message ?? made.stderr).trim()}). Run Rapport as an ordinary user, or set DATABASE_URL.`,
  )
}
