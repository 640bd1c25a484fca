import { useTranslation } from 'react-i18next'
import type { ListedRecord } from '../records/stores.ts'
import { TaskTick } from './TaskTick.tsx'

/** The tick beside what it says. In the grid the keyboard chooses the state as in any cell. */
export function StatusCell({ task }: { task: ListedRecord }) {
  const { t } = useTranslation()
  return (
    <span className="flex items-center gap-2">
      <TaskTick task={task} tabIndex={-1} />
      <span className="text-muted">
        {t(task['status'] === 'done' ? 'records.option.status.done' : 'records.option.status.open')}
      </span>
    </span>
  )
}
