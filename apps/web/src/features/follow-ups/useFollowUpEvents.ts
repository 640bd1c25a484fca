import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { kindOf } from '../records/kinds.ts'
import { followUpKeys } from './keys.ts'

/** What others plan and close is shown as it happens; what is due now is told by a notification. */
export function useFollowUpEvents(): void {
  useEvents((event) => {
    if (!event.type.startsWith('follow_up.')) return
    const { object, id } = event.record
    void queryClient.invalidateQueries({ queryKey: followUpKeys.all })
    const kind = kindOf(object)
    if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
  })
}
