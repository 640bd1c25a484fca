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

/** Runs the steps one after the other and shows what each had to say when it failed. @param {Step[]} steps */
export function runSteps(steps) {
  let failed = 0
  for (const { name, args } of steps) {
    const started = Date.now()
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    const passed = result.status === 0
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (passed) continue
    failed += 1
    console.log(`${result.error?.message ?? ''}${result.stdout}${result.stderr}`.trimEnd())
  }
  return { passed: steps.length - failed, failed }
}
