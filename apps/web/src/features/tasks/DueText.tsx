import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useNow } from '../follow-ups/useNow.ts'
import type { ListedRecord } from '../records/stores.ts'
import { dueOf, isOverdue } from './due.ts'

/** By when a task has to be done. */
export function DueText({ task }: { task: ListedRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const due = dueOf(task)
  if (due === null) return null
  const is_late = isOverdue(task, now)
  return (
    <time dateTime={due} className={cx('tabular', is_late && 'text-danger-ink')}>
      {due.length === 10 ? format.plainDay(due) : format.dateTime(due)}
      {is_late ? <span className="sr-only"> ({t('tasks.overdue')})</span> : null}
    </time>
  )
}
