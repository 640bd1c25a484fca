import type { RapportEvent, TaskLink } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { useMe } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { kindOf } from '../records/kinds.ts'
import { taskStore } from '../records/stores.ts'
import { tasksStale } from './api.ts'

const shown_ms = 20_000

/** What others complete is told on the timelines of what it is about; what is due now is said, wherever one is. */
export function useTaskEvents(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { user } = useMe()

  const remind = async ({ record, data }: RapportEvent) => {
    const task = await queryClient.fetchQuery({ ...taskStore.recordQuery(record.id), staleTime: 0 })
    notify.stand(`task ${record.id} ${String(data['due_at'])}`, {
      title: t('tasks.reminder', { title: String(task['title']) }),
      timeout: shown_ms,
      data: {
        kind: 'success',
        actions: [{ label: t('tasks.open'), run: () => void navigate(paths.task(record.id)) }],
      },
    })
  }

  useEvents((event) => {
    if (event.record.object !== 'task') return
    for (const { object, id } of (event.data['links'] ?? []) as TaskLink[]) {
      const kind = kindOf(object)
      if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
    }
    if (event.type !== 'task.due') return
    void tasksStale()
    // A reminder that cannot be told is on the day's page all the same.
    if (event.data['assignee_id'] === user.id) remind(event).catch(() => undefined)
  })
}
