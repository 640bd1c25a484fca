/** Types, lint, import rules, dead code and format of every workspace. */
import { checkSteps, runSteps } from './check-steps.mjs'

const { passed, failed } = runSteps(checkSteps)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
