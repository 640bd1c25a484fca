/**
 * Asks the package registry for known flaws of what ships; a high or critical one is a failure. Some registries do
 * not answer such questions: then this says that nothing was checked (exit code 2), which is neither good nor bad.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { root } from './check-steps.mjs'

/** @typedef {{name: string, severity: string, range: string, via: (string | {title: string, url: string})[]}} Finding */
/** @typedef {{code: number, text: string}} Verdict */

const grave = new Set(['high', 'critical'])

/** @param {string} output What `npm audit --json` printed. @returns {Verdict} */
export function judgeAudit(output) {
  const unanswered = 'The package registry did not tell about known flaws: nothing was checked.'
  /** @type {{vulnerabilities?: Record<string, Finding>, message?: string, error?: {summary?: string}}} */
  let report
  try {
    report = JSON.parse(output)
  } catch {
    return { code: 2, text: unanswered }
  }
  if (!report.vulnerabilities)
    return { code: 2, text: `${unanswered}\n${report.message ?? report.error?.summary ?? ''}`.trim() }
  const found = Object.values(report.vulnerabilities).filter(({ severity }) => grave.has(severity))
  if (found.length === 0) return { code: 0, text: 'No known flaw of high severity in what ships.' }
  const lines = found.map(({ name, severity, range, via }) => {
    const reasons = via.map((reason) =>
      typeof reason === 'string' ? reason : `${reason.title} ${reason.url}`,
    )
    return `${severity}: ${name} ${range}\n  ${reasons.join('\n  ')}`
  })
  return { code: 1, text: lines.join('\n') }
}

/** @returns {Verdict} */
export function auditPackages() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = ['audit', '--omit=dev', '--audit-level=high', '--json']
  const { stdout } = spawnSync(npm, options, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  })
  return judgeAudit(stdout ?? '')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, text } = auditPackages()
  console.log(text)
  process.exitCode = code
}
