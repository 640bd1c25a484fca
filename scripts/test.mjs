/**
 * Everything that must hold before a change goes in: the checks, the built web app, unit and HTTP tests, browser
 * tests. Ends with one line, `N passed, M failed`; a runner that crashes counts as a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditPackages } from './audit-packages.mjs'
import { checkSteps, root, runSteps } from './check-steps.mjs'

/** @typedef {{passed: number, failed: number}} Counts */
/** @typedef {{status: string, assertionResults: {status: string}[]}} FileResult */

/** @param {string} title */
const announce = (title) => console.log(`\n── ${title} ──`)

/** Files that broke before their first test have no failed test to count. @param {FileResult[]} files @returns {Counts} */
function countTests(files) {
  const tests = files.flatMap((file) => file.assertionResults)
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
  }
}

/** @param {string[]} options @returns {Counts} */
function runVitest(options) {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-report-'))
  const report = join(directory, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const result = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...options], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'test' },
    })
    /** @type {Counts} */
    const counts = existsSync(report)
      ? countTests(JSON.parse(readFileSync(report, 'utf8')).testResults)
      : { passed: 0, failed: 0 }
    // An uncaught error, no tests at all, or a crash: nothing above has counted it.
    if (result.status !== 0 && counts.failed === 0) counts.failed = 1
    return counts
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** @param {string} title @param {() => Counts} run @returns {Counts} */
function runStage(title, run) {
  announce(title)
  try {
    return run()
  } catch (error) {
    console.error(error)
    return { passed: 0, failed: 1 }
  }
}

/** Counts only what the registry answered. @returns {Counts} */
function auditStage() {
  const { code, text } = auditPackages()
  console.log(text)
  return { passed: code === 0 ? 1 : 0, failed: code === 1 ? 1 : 0 }
}

const stages = [
  runStage('Known flaws of what ships', auditStage),
  runStage('Checks', () => runSteps(checkSteps)),
  runStage('Web app', () => runSteps([{ name: 'build', args: ['scripts/bootstrap.mjs', '--web'] }])),
  runStage('Unit and HTTP tests', () => runVitest([])),
  runStage('Browser tests', () => runVitest(['--config', 'e2e/vitest.config.ts'])),
]
const passed = stages.reduce((sum, stage) => sum + stage.passed, 0)
const failed = stages.reduce((sum, stage) => sum + stage.failed, 0)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`\n${passed} passed, ${failed} failed`)
