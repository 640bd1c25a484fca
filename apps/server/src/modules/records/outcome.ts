/** What became of one of many records: how it is now, or why it was refused. A refusal stops no other. */
import { Problem } from '../../platform/problems.ts'
import type { BaseRow } from './definition.ts'

/**
 * `changed` is false for what was so already. `kept`: fields that were left as they are, since somebody else set them
 * after the change that is taken back.
 */
export type Outcome<Row extends BaseRow = BaseRow> =
  { row: Row; changed: boolean; kept?: readonly string[] } | Problem

/** What the work answers, or the Problem that it throws; anything else goes on. */
export async function orProblem<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer | Problem> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** Of a single record, whose refusal is thrown. */
export function rowOf<Row extends BaseRow>(outcomes: ReadonlyMap<string, Outcome<Row>>, id: string): Row {
  const outcome = outcomes.get(id)
  if (outcome === undefined) throw new Error(`Nothing is known of the record ${id}.`)
  if (outcome instanceof Problem) throw outcome
  return outcome.row
}
