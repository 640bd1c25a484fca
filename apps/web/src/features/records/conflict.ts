import { RapportProblem } from '@rapport/sdk'
import { askWhose, type Disputed } from './disputes.ts'

type Clash<Found> = { current: Found; conflicts: string[] }

/** What a refused change says about the record as it is now; null when the refusal is about something else. */
export function clashOf<Found extends { version: number }>(error: unknown): Clash<Found> | null {
  if (!(error instanceof RapportProblem) || error.code !== 'version_conflict') return null
  const { current, conflicts = [] } = error.problem
  return current ? { current: current as Found, conflicts } : null
}

/** Each attempt that is refused means that somebody else got through; who never does shall be told. */
const mostAttempts = 25

/** Which of the fields somebody else changed, too. */
const disputed = ({ conflicts }: Clash<unknown>, fields: readonly string[]): boolean =>
  conflicts.some((field) => fields.includes(field))

/**
 * Runs a change made on `version`. As long as others changed other fields meanwhile, the same change is made on top
 * of theirs; only a clash on the same field is handed on.
 */
async function onTopOfOthers<Result>(
  version: number | undefined,
  fields: readonly string[],
  change: (version: number | undefined) => Promise<Result>,
): Promise<Result> {
  let on = version
  for (let attempt = 1; ; attempt += 1)
    try {
      return await change(on)
    } catch (error) {
      const clash = clashOf(error)
      if (!clash || disputed(clash, fields) || attempt === mostAttempts) throw error
      on = clash.current.version
    }
}

/** Values by field, custom ones as `custom.<key>`. */
export type Values = Readonly<Record<string, unknown>>

type Change<Found> = {
  /** What the person is asked about; null where whoever was first has it, and is told to the other. */
  about: Disputed | null
  version: number | undefined
  values: Values
  save: (values: Values, version: number | undefined) => Promise<Found>
}

/**
 * Saves what one person set while others may have changed the same record: other fields merge by themselves, and of
 * fields that both changed the person chooses whose value stands. Who puts the choice off gets the refusal, and with
 * it the editor and what was typed there.
 */
export async function saveAmongOthers<Found extends { version: number }>({
  about,
  version,
  values,
  save,
}: Change<Found>): Promise<Found> {
  try {
    return await onTopOfOthers(version, Object.keys(values), (on) => save(values, on))
  } catch (error) {
    const clash = clashOf<Found>(error)
    if (!clash || !disputed(clash, Object.keys(values))) throw error
    const { current, conflicts } = clash
    const mine = about && (await askWhose(about, current as Values, only(values, conflicts)))
    if (mine === null) throw error
    const kept = Object.keys(values).filter((field) => !conflicts.includes(field) || mine.has(field))
    if (kept.length === 0) return current
    return saveAmongOthers({ about, version: current.version, values: only(values, kept), save })
  }
}

const only = (values: Values, fields: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)))
