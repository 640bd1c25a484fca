import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** A program of a package, run by the Node that runs this. @param {string} path */
const program = (path) => join(root, 'node_modules', path)

/** @typedef {{name: string, args: string[]}} Step `args` are for Node */

const TYPED = [
  'packages/contracts',
  'packages/sdk',
  'apps/server',
  'apps/web',
  'apps/web/tsconfig.node.json',
  'e2e',
  'bench',
  'examples',
  'scripts',
]

/** @type {Step[]} */
export const checkSteps = [
  ...TYPED.map((project) => ({
    name: `types: ${project}`,
    args: [program('typescript/bin/tsc'), '--noEmit', '-p', project],
  })),
  { name: 'lint', args: [program('oxlint/bin/oxlint')] },
  { name: 'import rules', args: ['scripts/check-imports.mjs'] },
  { name: 'dead code', args: [program('knip/bin/knip.js'), '--no-progress'] },
  { name: 'format', args: [program('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
]

/** What failed, and the beginning of why: indented lines below its name. @param {string} name @param {string} [reason] */
export const tellFailure = (name, reason = '') =>
  [name, ...reason.split('\n').slice(0, 8)].join('\n    ').trimEnd()

/** Runs the steps one after the other and shows what each had to say when it failed. @param {Step[]} steps */
export function runSteps(steps) {
  /** @type {string[]} */
  const failures = []
  for (const { name, args } of steps) {
    const started = Date.now()
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    const passed = result.status === 0
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (passed) continue
    const said = `${result.error?.message ?? ''}${result.stdout}${result.stderr}`.trimEnd()
    console.log(said)
    failures.push(tellFailure(name, said))
  }
  return { passed: steps.length - failures.length, failures }
}
