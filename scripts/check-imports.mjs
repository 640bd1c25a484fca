/**
 * Holds "who may know whom" (docs/ARCHITECTURE.md): reads every import of every workspace and fails on one that
 * points upwards, past a module's index.ts, at the database pool from outside platform, or round in a circle.
 * Own code because dependency-cruiser reads nothing where TypeScript 7 is installed, and the linter's patterns
 * cannot tell one's own module from another's.
 *
 * Usage: node scripts/check-imports.mjs [directory of the repository]
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {{from: string, to: string, name: string, erased: boolean}} Edge `to`: a file or a package; `name`: as written */
/** @typedef {{name: string, breaks: (edge: Edge) => boolean}} Rule */

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'))
const WORKSPACES = [
  'apps/server',
  'apps/web',
  'packages/contracts',
  'packages/sdk',
  'e2e',
  'bench',
  'examples',
]

const PLATFORM = 'apps/server/src/platform/'
const MODULES = /^apps\/server\/src\/modules\/([^/]+)\//
/** The tables' types, generated from the database. */
const SCHEMA = 'apps/server/src/db/'
const POOL = `${PLATFORM}database.ts`

/** @param {string} file */
const isTest = (file) => /\.test\.tsx?$/.test(file) || /\/testing\//.test(file)
/** @param {string} file */
const workspaceOf = (file) => WORKSPACES.find((workspace) => file.startsWith(`${workspace}/`))

/**
 * Ways to the network. A module reaches an address that a user gave through platform's guardedFetch alone; these
 * files call what an operator has set instead.
 */
const WAYS_OUT = /^(undici|axios|got|ws|node-fetch|(node:)?(http|https|http2|net|tls|dgram))$/
const GLOBAL_WAYS_OUT =
  /(?<![.\w$'"`-])(fetch|WebSocket|EventSource|XMLHttpRequest)(?![\w$'"`-])|\bglobalThis\.fetch\b/
const CALLS_WHAT_AN_OPERATOR_SET = /^apps\/server\/src\/modules\/identity\/(oidc|sign-in)\//

/** @param {string} file */
const mustBeGuarded = (file) => MODULES.test(file) && !isTest(file) && !CALLS_WHAT_AN_OPERATOR_SET.test(file)

/** @type {Rule[]} */
const rules = [
  {
    name: 'a module goes out through guardedFetch',
    breaks: ({ from, to, erased }) => !erased && WAYS_OUT.test(to) && mustBeGuarded(from),
  },
  {
    name: 'platform knows nothing above it',
    breaks: ({ from, to }) =>
      from.startsWith(PLATFORM) &&
      to.startsWith('apps/server/') &&
      ![PLATFORM, SCHEMA].some((own) => to.startsWith(own)),
  },
  {
    name: 'a module is entered through its index.ts',
    breaks: ({ from, to }) => {
      const target = MODULES.exec(to)?.[1]
      return (
        target !== undefined &&
        target !== MODULES.exec(from)?.[1] &&
        !/^[^/]+\/index\.ts$/.test(to.split('/modules/')[1] ?? '')
      )
    },
  },
  {
    name: 'the driver and the pool stay inside platform',
    breaks: ({ from, to }) =>
      from.startsWith('apps/server/') &&
      !isTest(from) &&
      !from.startsWith(PLATFORM) &&
      (/^pg(-pool|-cursor|-query-stream)?$/.test(to) || (to === POOL && MODULES.test(from))),
  },
  {
    name: 'the component kit knows no feature',
    breaks: ({ from, to }) =>
      from.startsWith('apps/web/src/ui/') && /^apps\/web\/src\/(features|app)\//.test(to),
  },
  {
    name: 'contracts knows nobody',
    breaks: ({ from, to }) => from.startsWith('packages/contracts/') && to.startsWith('@rapport/'),
  },
  {
    name: 'the SDK knows the contracts alone',
    breaks: ({ from, to }) =>
      from.startsWith('packages/sdk/') && to.startsWith('@rapport/') && to !== '@rapport/contracts',
  },
  {
    name: 'an application is nobody’s dependency',
    breaks: ({ to }) => /^@rapport\/(server|web|e2e|bench|examples)(\/|$)/.test(to),
  },
  {
    name: 'a workspace is entered by its package name',
    // Bench and browser tests are tools around the server: they start its database and fill it.
    breaks: ({ from, to, name }) =>
      name.startsWith('.') &&
      workspaceOf(from) !== workspaceOf(to) &&
      !(/^(bench|e2e)\//.test(from) && to.startsWith('apps/server/src/')),
  },
]

/** @param {string} directory @returns {string[]} */
function listModules(directory) {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) return listModules(path)
      return /\.(ts|tsx|mjs|js)$/.test(entry.name) ? [path] : []
    })
}

const STATIC = /^(?:import|export)\b(?<erased>\s+type\b)?(?:[^'";]*?\bfrom)?\s*['"](?<name>[^'"\n]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"](?<name>[^'"\n]+)['"]/g

/** @param {string} file */
const toPath = (file) => relative(root, file).split(sep).join('/')

/** @param {string} file @returns {Edge[]} */
function readImports(file) {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)].map(({ groups }) => {
    const name = groups?.['name'] ?? ''
    const target = name.startsWith('.') ? resolve(dirname(file), name.replace(/\?.*$/, '')) : undefined
    return {
      from: toPath(file),
      to: target ? toPath(target) : name,
      name,
      erased: Boolean(groups?.['erased']),
    }
  })
}

/** @param {Edge[]} edges @returns {string[]} */
function findUnresolved(edges) {
  return edges
    .filter(({ name, to }) => name.startsWith('.') && !isFile(join(root, to)))
    .map(({ from, name }) => `${from}: ${name} is not a file`)
}

/** @param {string} file @returns {string[]} */
function findGlobalWaysOut(file) {
  if (!mustBeGuarded(toPath(file))) return []
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')
  const found = GLOBAL_WAYS_OUT.exec(code)
  return found ? [`${toPath(file)} uses ${found[0]}: a module goes out through guardedFetch`] : []
}

/** @param {string} path */
const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/**
 * Types are erased before the program runs, so only the other imports can make a circle that matters. Depth first; a file met again while it is still being walked closes a circle.
 * @param {Edge[]} edges
 */
function findCycles(edges) {
  const targets = Map.groupBy(
    edges.filter(({ erased }) => !erased),
    ({ from }) => from,
  )
  /** @type {Map<string, 'open' | 'done'>} */
  const seen = new Map()
  /** @type {string[]} */
  const cycles = []
  /** @param {string} file @param {string[]} path */
  const walk = (file, path) => {
    seen.set(file, 'open')
    for (const { to } of targets.get(file) ?? [])
      if (seen.get(to) === 'open') cycles.push([...path.slice(path.indexOf(to)), to].join(' → '))
      else if (!seen.has(to)) walk(to, [...path, to])
    seen.set(file, 'done')
  }
  for (const file of targets.keys()) if (!seen.has(file)) walk(file, [file])
  return cycles
}

const files = WORKSPACES.flatMap((workspace) => listModules(join(root, workspace, 'src')))
const edges = files.flatMap(readImports)
const problems = [
  ...rules.flatMap((rule) =>
    edges.filter(rule.breaks).map(({ from, name }) => `${from} imports ${name}: ${rule.name}`),
  ),
  ...findUnresolved(edges),
  ...files.flatMap(findGlobalWaysOut),
  ...findCycles(edges).map((cycle) => `circle: ${cycle}`),
]
// A check that looked at nothing must not pass.
if (files.length === 0 || edges.length === 0) problems.push(`no imports were found under ${root}`)

for (const problem of problems) console.error(problem)
console.log(`import rules: ${files.length} files, ${edges.length} imports, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
