import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { useCompleteTask } from './api.ts'

type Props = { task: ListedRecord; className?: string; tabIndex?: number }

/** Completes a task with one click, and takes it up again with another. */
export function TaskTick({ task, ...rest }: Props) {
  const { t } = useTranslation()
  const complete = useCompleteTask()
  return (
    <Checkbox
      {...rest}
      checked={task['status'] === 'done'}
      disabled={!task.can.update || task.deleted_at !== null}
      label={t('tasks.complete', { title: String(task['title']) })}
      onChange={(done) => complete(task, done)}
    />
  )
}
