/** Completing a task, and what follows: the timelines of what it is about, and the next one of its series. */
import { roleGrants, type ChecklistItem } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { deleteRecords, insertRecords, ownFieldsOf, restoreRecords, type Custom } from '../records/index.ts'
import type { TaskDefinition, TaskRow } from './definition.ts'
import { nextOccurrence } from './recurrence.ts'

type Completion = { status: string; completed_at: string | null; completed_by: string | null }

export function settleCompletion(
  actor: Actor,
  { status }: Completion,
  before: Completion | null,
): Partial<Completion> {
  if (status !== 'done') return { completed_at: null, completed_by: null }
  if (before?.status === 'done') return {}
  return { completed_at: new Date().toISOString(), completed_by: actor.user_id }
}

/** By id alone: whoever reads the record need not be one who sees the task. */
export async function tellLinked(ctx: Ctx, { id, links }: TaskRow, what: 'done' | 'reopened'): Promise<void> {
  if (links.length === 0) return
  await writeActivities(
    ctx,
    links.map(({ object, id: record_id }) => ({ object, record_id, type: 'task', data: { id, what } })),
  )
}

/**
 * Once for each occurrence: the row that is completed is locked, and no two rows follow the same one. One that went to
 * the trash when this was taken up again comes back.
 */
export async function makeNext(ctx: Ctx, tasks: TaskDefinition, task: TaskRow): Promise<void> {
  const following = await findNext(ctx, task.id)
  if (following?.deleted_at != null) await restoreRecords(unbound(ctx), tasks, [following.id])
  if (following || task.recurrence === null || task.recurs_from === null || task.due_at === null) return
  const { recurrence, recurs_from, time_zone } = task
  // What is late does not make up for what was missed meanwhile.
  const after = new Date(Math.max(Date.parse(task.due_at), Date.now()))
  const due_at = nextOccurrence({ recurrence, recurs_from, time_zone }, after)
  if (due_at === null) return
  const { title, description, priority, owner_id, links } = task
  const given = {
    title,
    description,
    priority,
    owner_id,
    links,
    recurrence,
    due_at,
    checklist: task.checklist.map((item): ChecklistItem => ({ ...item, done: false })),
    tags: tagIdsOf(task),
    custom: repeated(ctx.actor, task.custom),
  }
  await insertRecords(ctx, tasks, [{ given, kept: { previous_id: task.id, recurs_from, time_zone } }])
}

/** What nobody touched goes with what made it. */
export async function takeNextBack(ctx: Ctx, tasks: TaskDefinition, { id }: TaskRow): Promise<void> {
  const next = await findNext(ctx, id)
  if (next?.deleted_at !== null || next.version > 1 || next.status === 'done') return
  await deleteRecords(unbound(ctx), tasks, new Map([[next.id, undefined]]))
}

type Next = { id: string; version: number; status: string; deleted_at: string | null }

export const findNext = async (
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  id: string,
): Promise<Next | undefined> =>
  tx
    .selectFrom('tasks')
    .select(['id', 'version', 'status', 'deleted_at'])
    .where('organization_id', '=', actor.organization_id)
    .where('previous_id', '=', id)
    .executeTakeFirst()

/** Whoever may complete a task brings about what follows, whatever else they may do. */
const unbound = (ctx: Ctx): Ctx => ({ ...ctx, actor: { ...ctx.actor, grants: roleGrants.owner } })

const tagIdsOf = (task: object): string[] =>
  ((task as { tags?: { id: string }[] }).tags ?? []).map(({ id }) => id)

/** Values that the next one may have, too: not what must be unique, nor what is calculated. */
function repeated(actor: Actor, custom: Custom): Custom {
  const own = ownFieldsOf(actor, 'task').filter(
    ({ unique, type, retired }) => !unique && type !== 'formula' && !retired,
  )
  return Object.fromEntries(own.flatMap(({ key }) => (custom[key] == null ? [] : [[key, custom[key]]])))
}
