/** What a job does to a batch of records, each by the rules of a single change. */
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { assignedActivity, assignment, type Outcomes, type RecordKind } from '../records/index.ts'
import type { Item, JobRow, SettledItem } from './repository.ts'

export async function applyJob(
  ctx: Ctx,
  kind: RecordKind,
  job: JobRow,
  items: readonly Item[],
): Promise<SettledItem[]> {
  const outcomes = await (job.kind === 'undo' ? takeBack : carryOut)(ctx, kind, job, items)
  return items.map((item) => settle(item, outcomes))
}

type Work = (ctx: Ctx, kind: RecordKind, job: JobRow, items: readonly Item[]) => Promise<Outcomes>

const carryOut: Work = (ctx, kind, { action, change }, items) => {
  const ids = items.map(({ record_id }) => record_id)
  if (action === 'delete') return kind.delete(ctx, new Map(ids.map((id) => [id, undefined])))
  if (action === 'restore') return kind.restore(ctx, ids)
  const values = change as Record<string, unknown>
  if (values['by_rules']) return assignByRules(ctx, kind, ids)
  return kind.update(ctx, new Map(ids.map((id) => [id, values])))
}

/** Each goes to whom the first rule that it meets chooses; one that meets none stays as it is. */
async function assignByRules(ctx: Ctx, kind: RecordKind, ids: readonly string[]): Promise<Outcomes> {
  const { object } = kind.records
  const assigned = await assignment().assignKnown(ctx, kind.records, ids)
  const wanted = ids.map((id) => {
    const one = assigned.get(id)
    return [id, one ? { owner_id: one.owner_id } : {}] as const
  })
  const outcomes = await kind.update(ctx, new Map(wanted))
  const told = [...assigned].filter(([id]) => {
    const outcome = outcomes.get(id)
    return outcome !== undefined && !(outcome instanceof Problem) && outcome.changed
  })
  if (told.length > 0)
    await writeActivities(
      ctx,
      told.map(([id, one]) => assignedActivity(object, id, one)),
    )
  return outcomes
}

/** What was restored goes back into the trash only as long as nobody has worked on it. */
const takeBack: Work = (ctx, kind, { action }, items) => {
  const versions = new Map(items.map(({ record_id, version }) => [record_id, version ?? 0]))
  if (action === 'delete') return kind.restore(ctx, [...versions.keys()])
  return action === 'restore' ? kind.delete(ctx, versions) : kind.revert(ctx, versions)
}

function settle({ place, record_id }: Item, outcomes: Outcomes): SettledItem {
  const outcome = outcomes.get(record_id)
  if (outcome === undefined) throw new Error(`Nothing became of the record ${record_id}.`)
  if (outcome instanceof Problem) return refusal(place, outcome)
  const { row, changed, kept = [] } = outcome
  return {
    place,
    state: changed ? 'changed' : 'same',
    version: changed ? row.version : null,
    code: kept.length > 0 ? 'changed_since' : null,
    message: kept.length > 0 ? `Changed since, and left as it is: ${kept.join(', ')}.` : null,
  }
}

export const refusal = (
  place: number,
  { code, message }: { code: string; message: string },
): SettledItem => ({
  place,
  state: 'refused',
  version: null,
  code,
  message,
})
