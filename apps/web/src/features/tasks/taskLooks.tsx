import { cx } from '../../ui/cx.ts'
import type { DataColumn } from '../../ui/table/types.ts'
import type { ListedRecord } from '../records/stores.ts'
import { dueOf } from './due.ts'
import { DueText } from './DueText.tsx'
import { StatusCell } from './StatusCell.tsx'
import { TaskTick } from './TaskTick.tsx'

/** Ticked off in a list on a phone, without opening it. */
export const taskControl = (task: ListedRecord) => (
  <TaskTick task={task} className="relative after:absolute after:-inset-3.5" />
)

/** How fields of tasks look where that says more than their type. */
export const taskLooks: Readonly<Record<string, Partial<DataColumn<ListedRecord>>>> = {
  title: {
    render: (task) => (
      <span className={cx('truncate', task['status'] === 'done' && 'text-muted line-through')}>
        {String(task['title'])}
      </span>
    ),
  },
  status: { render: (task) => <StatusCell task={task} /> },
  due_at: { type: 'moment', value: dueOf, render: (task) => <DueText task={task} /> },
}
