/** Who decides whose a record is that nobody was named for. Its module says so when it starts, as it works from records. */
import type { AssignmentTarget } from '@rapport/contracts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

/** Whom a rule chose. */
export type Assigned = { owner_id: string; rule_id: string; rule: string }
type Context = Pick<Ctx, 'tx' | 'actor'>
type Draft = Record<string, unknown> & { id: string }

export type Assignment = {
  /** Of records that are being made; those that no rule decides are left out. */
  assignNew: (
    ctx: Context,
    records: RecordDescription,
    drafts: readonly Draft[],
  ) => Promise<Map<string, Assigned>>
  /** Of records that are there. */
  assignKnown: (
    ctx: Context,
    records: RecordDescription,
    ids: readonly string[],
  ) => Promise<Map<string, Assigned>>
  /** The same, without taking any turn: to be looked at. */
  proposeKnown: Assignment['assignKnown']
  /** Of members who share what is given to them, without a rule: each call tells the next, or that there is nobody. */
  openPool: (
    ctx: Context,
    records: RecordDescription,
    target: Extract<AssignmentTarget, { strategy: 'round_robin' | 'load' }>,
  ) => Promise<() => string | null>
}

let held: Assignment | undefined

export const holdAssignment = (assignment: Assignment): void => void (held = assignment)

export const assignment = (): Assignment => {
  if (!held) throw new Error('No module hands out records.')
  return held
}

/** On the timeline: to whom, and by which rule. */
export const assignedActivity = (object: string, record_id: string, data: Assigned) => ({
  object,
  record_id,
  type: 'assigned' as const,
  data: { ...data },
})
