/** What is written with a task, in the same transaction: its links, its alarm, and what its completion brings about. */
import type { Alarms } from '../../platform/alarms.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { makeNext, takeNextBack, tellLinked } from './completion.ts'
import type { TaskDefinition, TaskRow } from './definition.ts'
import { writeLinks } from './links.ts'
import { reminder } from './reminders.ts'

type Written = { before: TaskRow | null; after: TaskRow }

export async function writeBeside(
  ctx: Ctx,
  { tasks, alarms }: { tasks: TaskDefinition; alarms: Alarms },
  written: readonly Written[],
): Promise<void> {
  for (const { before, after } of written) {
    await writeLinks(ctx, after.id, before?.links ?? [], after.links)
    const is_waiting = after.status === 'open' && after.reminded_at === null
    if (is_waiting && after.remind_at !== null) await alarms.set(ctx, reminder, after.remind_at)
    if (before?.status === 'open' && after.status === 'done') {
      await tellLinked(ctx, after, 'done')
      await makeNext(ctx, tasks, after)
    }
    if (before?.status === 'done' && after.status === 'open') {
      await tellLinked(ctx, after, 'reopened')
      await takeNextBack(ctx, tasks, after)
    }
  }
}
