import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useNow } from '../follow-ups/useNow.ts'
import type { ListedRecord } from '../records/stores.ts'
import { dueOf, isOverdue } from './due.ts'

/** By when a task has to be done. @param short for a list of one's day, where the whole date is only a hint */
export function DueText({ task, short }: { task: ListedRecord; short?: (due: string, now: Date) => string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const due = dueOf(task)
  if (due === null) return null
  const is_late = isOverdue(task, now)
  const whole = due.length === 10 ? format.plainDay(due) : format.dateTime(due)
  return (
    <time
      dateTime={due}
      {...(short ? { title: whole } : {})}
      className={cx('tabular whitespace-nowrap', is_late && 'text-danger-ink')}
    >
      {short ? short(due, now) : whole}
      {is_late ? <span className="sr-only"> ({t('tasks.overdue')})</span> : null}
    </time>
  )
}
