/** Property tests are told their seed, so that a run can be had again: `SEED=123 npx vitest run <file>` tries another. */
type Runs = { numRuns: number; seed: number; interruptAfterTimeLimit: number }

/** More than the property has for itself: what was found until then is told. */
export const propertyTimeout_ms = 60_000

/**
 * A failure prints its seed and the smallest counterexample that was found in time.
 * @param numRuns how many cases are tried; fewer on a machine that has too much to do.
 */
export const propertyRuns = (numRuns: number): Runs => ({
  numRuns,
  seed: Number(process.env['SEED'] ?? 20_261_121),
  interruptAfterTimeLimit: 30_000,
})
