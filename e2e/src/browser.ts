/** Finds a Chromium, installs one where that is possible, and opens it the way the tests need it. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  // A microphone that hums, and nobody who has to be asked for it.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), headless: true, args: FLAGS })
}

export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  console.log('No Chromium found: installing one')
  install()
  const installed = findChromium()
  if (installed) return installed
  throw new Error(
    'The browser tests need Chromium and it could not be installed. Install it from your system’s packages ' +
      '(Debian: apt-get install chromium), or set CHROMIUM_PATH to an existing Chromium or Chrome.',
  )
}

function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  if (!given) return listCandidates().find(isUsable)
  if (isUsable(given)) return given
  throw new Error(`CHROMIUM_PATH is ${given}, which is no Chromium that runs here`)
}

function listCandidates(): string[] {
  const directories = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const system = directories.flatMap((directory) => NAMES.map((name) => join(directory, name)))
  const own = chromium.executablePath()
  // Any version in Playwright's cache will do: …/ms-playwright/chromium-1234/chrome-linux/chrome
  const cache = own.replace(/([\\/]ms-playwright[\\/]).*$/, '$1')
  const cached =
    own === cache
      ? []
      : globSync(['chromium-*/chrome-*/chrome', 'chromium-*/chrome-*/chrome.exe'], { cwd: cache })
  return [...system, ...MAC, own, ...cached.map((path) => join(cache, path))]
}

/** Some distributions put a script under this name that only tells people to install something else. */
function isUsable(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function install(): void {
  const root = process.getuid?.() === 0
  if (root && isDebian()) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'])
    return
  }
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  run(process.execPath, [cli, 'install', ...(root ? ['--with-deps'] : []), 'chromium'])
}

/** Ubuntu says ID_LIKE=debian, but its chromium package is a snap, which containers cannot run. */
function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync(command, args, { stdio: 'inherit', env })
  if (result.status !== 0) console.error(`${command} ${args.join(' ')} failed`)
}
