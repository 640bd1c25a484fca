/** What is told of a follow-up: on the timeline of its record, and by an event that its readers get. */
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { titleOf, type BaseRow } from '../records/index.ts'
import type { Followed } from './followed.ts'
import type { FollowUpRow } from './repository.ts'

type Happened = 'planned' | 'moved' | 'changed' | 'done' | 'skipped' | 'reopened'

export async function tellFollowUp(
  ctx: Ctx,
  { object, records }: Followed,
  record: BaseRow,
  what: Happened,
  before: FollowUpRow | null,
  after: FollowUpRow,
): Promise<void> {
  const { id, number, channel, due_at, status, owner_id } = after
  const fact = { follow_up_id: id, what, number, channel, due_at }
  const body = after.status === 'open' ? after.note : after.outcome
  // A change of nothing but words or hands is on the record of the follow-up itself.
  if (what !== 'changed')
    await writeActivities(ctx, [
      { object, record_id: record.id, type: 'follow_up', data: fact, ...(body === null ? {} : { body }) },
    ])
  ctx.emit({
    type: before ? 'follow_up.updated' : 'follow_up.created',
    record: { object, id: record.id, version: record.version, name: titleOf(records, record) },
    owner_id: record.owner_id,
    data: { ...fact, status, assignee_id: owner_id },
    changes: { ...(before ? { before: valuesOf(before, after) } : {}), after: valuesOf(after, before) },
  })
}

const told = ['number', 'due_at', 'channel', 'note', 'status', 'outcome', 'owner_id'] as const

/** The values that differ, all of them where there is nothing to compare with. */
function valuesOf(row: FollowUpRow, other: FollowUpRow | null): Record<string, unknown> {
  const differing = told.filter((name) => (other ? row[name] !== other[name] : row[name] !== null))
  return Object.fromEntries(differing.map((name) => [name, row[name]]))
}
