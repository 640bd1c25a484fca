/** Types, lint, import rules, dead code and format of every workspace. */
import { checkSteps, runSteps } from './check-steps.mjs'

const { passed, failures } = runSteps(checkSteps)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
