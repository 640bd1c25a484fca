import type { TaskLink } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { kindOf } from '../records/kinds.ts'
import { tasksStale } from './api.ts'

/** What others complete is told on the timelines of what it is about; what is due now is told by a notification. */
export function useTaskEvents(): void {
  useEvents((event) => {
    if (event.record.object !== 'task') return
    for (const { object, id } of (event.data['links'] ?? []) as TaskLink[]) {
      const kind = kindOf(object)
      if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
    }
    if (event.type === 'task.due') void tasksStale()
  })
}
