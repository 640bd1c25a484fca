/** Tasks as an instance of the general description of records; their assignee is their owner. */
import { taskFields, type ChecklistItem, type TaskLink } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import type { Alarms } from '../../platform/alarms.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import { tagRows } from '../tags/index.ts'
import { settleCompletion } from './completion.ts'
import { settleDue } from './due.ts'
import { linkRows, settleLinks } from './links.ts'
import { writeBeside } from './write-beside.ts'

export type TaskRow = Omit<Selectable<DB['tasks']>, 'custom' | 'checklist'> & {
  custom: Custom
  checklist: ChecklistItem[]
  links: TaskLink[]
}
export type TaskDefinition = RecordDefinition<TaskRow>

const taskRecords = describeRecords({
  object: 'task',
  table: 'tasks',
  title: 'title',
  fields: taskFields,
  rows: { tags: tagRows('task'), links: linkRows },
  permissions: { read: 'tasks:read', update: 'tasks:update', delete: 'tasks:delete' },
})

export function defineTasks(alarms: Alarms): TaskDefinition {
  const tasks: TaskDefinition = {
    records: taskRecords,
    create: 'tasks:create',
    kept: [
      'all_day',
      'time_zone',
      'recurs_from',
      'previous_id',
      'remind_at',
      'reminded_at',
      'completed_at',
      'completed_by',
    ],
    defaults: () => ({ status: 'open', priority: 'normal', previous_id: null }),
    document: searchDocument,
    subtitle: seenSubtitle,
    searched: ['owner_id', 'title'],
    told: ['title', 'status', 'due_at', 'links'],
    settle: async (ctx, task, before) => ({
      ...settleDue(ctx.actor, task, before),
      ...settleCompletion(ctx.actor, task, before),
      links: await settleLinks(ctx, task, before),
    }),
    beside: (ctx, written) => writeBeside(ctx, { tasks, alarms }, written),
  }
  return tasks
}

export function searchDocument({ id, owner_id, title }: TaskRow): SearchDocument {
  return {
    object: 'task',
    id,
    owner_id,
    title,
    subtitle: null,
    texts: [],
    emails: [],
    phones: [],
    country: null,
  }
}

/** By when it has to be done, as a day in the time zone of the task. */
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  return fields.has('due_at')
    ? sql`to_char(r.due_at AT TIME ZONE coalesce(r.time_zone, 'UTC'), 'YYYY-MM-DD')`
    : sql`NULL::text`
}
