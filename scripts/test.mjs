/**
 * Everything that must hold before a change goes in: the checks, the built web app, unit and HTTP tests, browser
 * tests. Ends with what failed, told once more and briefly, and one line, `N passed, M failed`; a runner that crashes
 * counts as a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { auditPackages } from './audit-packages.mjs'
import { checkSteps, root, runSteps, tellFailure } from './check-steps.mjs'

/** @typedef {{passed: number, failures: string[]}} Outcome `failures` name what failed, and say why in short */
/** @typedef {{status: string, fullName: string, failureMessages: string[]}} TestResult */
/** @typedef {{name: string, status: string, message: string, assertionResults: TestResult[]}} FileResult */

/** @param {string} title */
const announce = (title) => console.log(`\n── ${title} ──`)

/** Files that broke before their first test have no failed test to count. @param {FileResult[]} files @returns {Outcome} */
function judgeFiles(files) {
  const failures = files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    return status === 'failed' && failed.length === 0
      ? [tellFailure(file, message)]
      : failed.map((test) => tellFailure(`${file} > ${test.fullName}`, test.failureMessages[0]))
  })
  const tests = files.flatMap((file) => file.assertionResults)
  return { passed: tests.filter(({ status }) => status === 'passed').length, failures }
}

/** @param {string[]} options @returns {Outcome} */
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
    /** @type {Outcome} */
    const outcome = existsSync(report)
      ? judgeFiles(JSON.parse(readFileSync(report, 'utf8')).testResults)
      : { passed: 0, failures: [] }
    // An uncaught error, no tests at all, or a crash: nothing above has counted it.
    if (result.status !== 0 && outcome.failures.length === 0) {
      const ended = result.signal ?? `code ${result.status}`
      outcome.failures.push(
        `vitest ${options.join(' ')}`.trim() + ` ended with ${ended} and named no failed test`,
      )
    }
    return outcome
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** @param {string} title @param {() => Outcome} run @returns {Outcome} */
function runStage(title, run) {
  announce(title)
  try {
    return run()
  } catch (error) {
    console.error(error)
    return { passed: 0, failures: [tellFailure(title, String(error))] }
  }
}

/** Counts only what the registry answered. @returns {Outcome} */
function auditStage() {
  const { code, text } = auditPackages()
  console.log(text)
  return {
    passed: code === 0 ? 1 : 0,
    failures: code === 1 ? [tellFailure('Known flaws of what ships', text)] : [],
  }
}

const stages = [
  runStage('Known flaws of what ships', auditStage),
  runStage('Checks', () => runSteps(checkSteps)),
  runStage('Web app', () => runSteps([{ name: 'build', args: ['scripts/bootstrap.mjs', '--web'] }])),
  runStage('Unit and HTTP tests', () => runVitest([])),
  runStage('Browser tests', () => runVitest(['--config', 'e2e/vitest.config.ts'])),
]
const passed = stages.reduce((sum, stage) => sum + stage.passed, 0)
const failures = stages.flatMap((stage) => stage.failures)
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
if (failures.length > 0) {
  announce('What failed')
  for (const failure of failures) console.log(`✗ ${failure}`)
}
console.log(`\n${passed} passed, ${failures.length} failed`)
