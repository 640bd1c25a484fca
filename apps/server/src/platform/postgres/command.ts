/** Starts PostgreSQL's programs under the right user, also where that user may not enter a parent directory. */
import { spawnSync, type SpawnOptions } from 'node:child_process'
import { StartRefused } from './start-refused.ts'
import type { RunAs } from './system-user.ts'

export interface Command {
  file: string
  args: string[]
  options: SpawnOptions
}

/** What decides how a program may be started: who runs it, and what it must be able to reach. */
export interface Launch {
  runAs: RunAs | undefined
  capability: string | undefined
}

const CAPABILITIES = [undefined, 'dac_read_search', 'dac_override']

/**
 * A clone or data directory under /root (mode 0700) is out of reach for any other user. Opening root's home to
 * everyone is not ours to do; the database is given the one capability that lets it pass instead.
 */
export function planLaunch(runAs: RunAs | undefined, program: string, directory: string): Launch {
  if (!runAs) return { runAs, capability: undefined }
  const plans = CAPABILITIES.map((capability) => ({ runAs, capability }))
  const plan = plans.find((candidate) => reaches(candidate, program, directory))
  if (plan) return plan
  throw new StartRefused(
    `PostgreSQL runs as user ${runAs.uid}, who cannot reach ${program} or ${directory}. Move the directory that is ` +
      'closed to other users (often /root), set RAPPORT_DATA_DIR, run Rapport as an ordinary user, or set DATABASE_URL.',
  )
}

function reaches(launch: Launch, program: string, directory: string): boolean {
  const test = (flag: string, path: string) => {
    const { file, args, options } = buildCommand(launch, 'test', [flag, path])
    return spawnSync(file, args, options).status === 0
  }
  return test('-x', program) && test('-w', directory)
}

export function buildCommand({ runAs, capability }: Launch, program: string, args: string[]): Command {
  const options: SpawnOptions = {
    cwd: process.platform === 'win32' ? undefined : '/',
    env: cleanEnvironment(),
  }
  if (!runAs) return { file: program, args, options }
  if (!capability) return { file: program, args, options: { ...options, ...runAs } }
  const identity = [`--reuid=${runAs.uid}`, `--regid=${runAs.gid}`, '--clear-groups']
  const grants = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`]
  // Else access(2), by which PostgreSQL finds its own program, would not count the capability.
  grants.push('--securebits=+no_setuid_fixup')
  return { file: 'setpriv', args: [...identity, ...grants, program, ...args], options }
}

/** The caller's PGPORT, PGDATA, LC_ALL and secrets are no business of this database. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT']
  return Object.fromEntries(kept.map((name) => [name, process.env[name]]).filter(([, value]) => value))
}
