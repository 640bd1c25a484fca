import { RapportProblem } from '@rapport/sdk'

type Clash<Found> = { current: Found; conflicts: string[] }

/** What a refused change says about the record as it is now; null when the refusal is about something else. */
export function clashOf<Found extends { version: number }>(error: unknown): Clash<Found> | null {
  if (!(error instanceof RapportProblem) || error.code !== 'version_conflict') return null
  const { current, conflicts = [] } = error.problem
  return current ? { current: current as Found, conflicts } : null
}

/**
 * Runs a change made on `version`. When somebody else changed other fields meanwhile, the same change is made on
 * top of theirs; only a clash on the same field is handed on.
 */
export async function onTopOfOthers<Result>(
  version: number | undefined,
  fields: readonly string[],
  change: (version: number | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await change(version)
  } catch (error) {
    const clash = clashOf(error)
    if (!clash || clash.conflicts.some((field) => fields.includes(field))) throw error
    return change(clash.current.version)
  }
}
