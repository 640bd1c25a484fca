/**
 * Records that go through the stages of a pipeline: leads, deals. What that takes is written once in this folder and
 * works from this description: a place on a board, moves, boards with counts and sums, and what a stage asks for.
 */
import type { RecordDescription } from '../../platform/lists/index.ts'
import { describeTotals, type BaseRow, type RecordDefinition } from '../records/index.ts'

export type StagedRow = BaseRow & {
  pipeline_id: string
  stage_id: string
  stage_entered_at: string
  /** The place in the column of the board. */
  rank: string
  status: string
}

/** What a record's own status becomes by the type of the stage that it enters. */
export type Outcomes = {
  /** In an open stage from the start. */
  fresh: string
  won: string
  lost: string
  /** In an open stage again after a closed one. */
  reopened: string
  /** What no stage changes any more. */
  final: readonly string[]
}

/** What a board adds up. */
export type Valued = {
  records: RecordDescription
  /** The field of its value, in the record's currency. */
  value: string
  /** The field of a probability of its own, which counts before that of its stage. */
  weight: string | null
}

export type Staged<Row extends StagedRow> = Omit<Valued, 'records'> & {
  definition: RecordDefinition<Row>
  outcomes: Outcomes
}

const valued = new Map<string, Valued>()

/** Makes the object known to boards and totals. */
export function describeStaged<Row extends StagedRow>({ definition, value, weight }: Staged<Row>): void {
  const { records } = definition
  valued.set(records.object, { records, value, weight })
  describeTotals(records, { value, weight })
}

export function valuedOf(object: string): Valued {
  const known = valued.get(object)
  if (!known) throw new Error(`No module keeps records of ${object} in stages.`)
  return known
}

/** A closing stage says how it ended; coming back from one, work goes on. */
export function statusAfter({ outcomes }: { outcomes: Outcomes }, status: string, from: string, to: string) {
  const { won, lost, reopened, final } = outcomes
  if (final.includes(status)) return status
  if (to === 'lost') return lost
  if (to === 'won') return won
  return from !== 'open' && (status === lost || status === won) ? reopened : status
}

export function statusAtFirst({ outcomes }: { outcomes: Outcomes }, type: string): string {
  if (type === 'won') return outcomes.won
  return type === 'lost' ? outcomes.lost : outcomes.fresh
}
