import { AlarmClock, Repeat } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { SnoozeMenu } from '../follow-ups/SnoozeMenu.tsx'
import { RecordBadge } from '../records/RecordBadge.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { taskKind } from '../records/taskKind.ts'
import { useChangeTask } from '../tasks/api.ts'
import { dueOf, putOff } from '../tasks/due.ts'
import { DueText } from '../tasks/DueText.tsx'
import { linkedOf } from '../tasks/looks.tsx'
import { TaskTick } from '../tasks/TaskTick.tsx'
import { useShortTime } from './useShortTime.ts'

type Props = {
  task: ListedRecord
  selected: boolean
  onSelect: () => void
  onOpen: () => void
}

/** What has to be done, about whom, and by when: ticked off or put off in its place. */
export function TaskRow({ task, selected, onSelect, onOpen }: Props) {
  const { t } = useTranslation()
  const shortTime = useShortTime()
  const title = String(task['title'])
  const is_done = task['status'] === 'done'
  const about = linkedOf(task).map((one) => one.title)
  return (
    <li
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-2 py-2',
        selected && 'bg-selected',
      )}
    >
      <TaskTick task={task} />
      <button
        type="button"
        data-row={task.id}
        onFocus={onSelect}
        onClick={onOpen}
        className="flex min-h-9 min-w-36 flex-1 flex-col justify-center rounded-small text-left hover:underline"
      >
        <span className={cx('max-w-full truncate text-13 font-medium', is_done && 'text-muted line-through')}>
          {title}
          {about.length > 0 ? <span className="text-muted"> · {about.join(', ')}</span> : null}
        </span>
        <span className="flex max-w-full items-center gap-1 truncate text-12 text-muted">
          <DueText task={task} short={shortTime} />
          {task['recurrence'] ? (
            <>
              <Repeat className="size-3" strokeWidth={1.75} aria-hidden />
              <span className="sr-only">{t('tasks.repeat.label')}</span>
            </>
          ) : null}
        </span>
      </button>
      {task['priority'] === 'normal' ? null : <RecordBadge kind={taskKind} value={task['priority']} />}
      {task.can.update && !is_done ? <PutOff task={task} title={title} onOpen={onOpen} /> : null}
    </li>
  )
}

function PutOff({ task, title, onOpen }: Pick<Props, 'task' | 'onOpen'> & { title: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const change = useChangeTask(task.id)
  return (
    <SnoozeMenu
      due_at={String(task['due_at'])}
      all_day={task['all_day'] === true}
      trigger={
        <IconButton
          icon={AlarmClock}
          size="small"
          label={t('today.snooze', { name: title })}
          data-snooze={task.id}
        />
      }
      onSnooze={(to) => {
        const before = dueOf(task)
        change({ due_at: putOff(task, to, format.day) })
        notify.undo(t('tasks.snoozed', { title }), () => change({ due_at: before }))
      }}
      onEdit={onOpen}
    />
  )
}
