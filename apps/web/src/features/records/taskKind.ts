import { SquareCheckBig } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import { taskControl, taskLooks } from '../tasks/taskLooks.tsx'
import type { RecordKind } from './kinds.ts'
import { taskStore } from './stores.ts'
import { firstText } from './subtitles.ts'

type Linked = { title: string }

const condition = (field: string, op: string, value: unknown) => ({ field, op, value })
const open = condition('status', 'in', ['open'])
const filter = (...conditions: object[]) => JSON.stringify(conditions)

export const taskKind: RecordKind = {
  object: 'task',
  many: 'tasks',
  icon: SquareCheckBig,
  store: taskStore,
  path: paths.tasks,
  pathOf: paths.task,
  title: 'title',
  subtitleOf: ({ linked, description }) =>
    firstText((linked as Linked[] | undefined)?.map(({ title }) => title).join(', '), description),
  badge: 'priority',
  control: taskControl,
  shown: ['title', 'status', 'priority', 'due_at', 'recurrence', 'owner_id', 'links', 'checklist', 'tags'],
  asked: ['due_at', 'priority', 'description', 'owner_id'],
  sections: [
    {
      name: 'details',
      fields: ['status', 'priority', 'due_at', 'recurrence', 'owner_id', 'tags', 'description'],
    },
  ],
  looks: taskLooks,
  presets: [
    { name: 'mine', address: { filter: filter(open, condition('owner_id', 'in', ['me'])), sort: 'due_at' } },
    {
      name: 'overdue',
      address: { filter: filter(open, condition('due_at', 'within', 'before_today')), sort: 'due_at' },
    },
    { name: 'by_assignee', address: { filter: filter(open), group: 'owner_id', sort: 'due_at' } },
  ],
}
