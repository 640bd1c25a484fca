import type { RapportEvent, Today } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { useMe } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { kindOf } from '../records/kinds.ts'
import { todayQuery } from './api.ts'
import { followUpKeys } from './keys.ts'

const shown_ms = 20_000

/** What others plan and close is shown as it happens, and what is due now is said, wherever one is. */
export function useReminders(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { user } = useMe()

  const remind = async ({ record, data }: RapportEvent) => {
    const today = await queryClient.fetchQuery({ ...todayQuery, staleTime: 0 })
    const followUp = dueOf(today).find(({ id }) => id === data['follow_up_id'])
    if (!followUp) return
    const { number, channel, subject } = followUp
    notify.stand(`follow-up ${followUp.id} ${followUp.due_at}`, {
      title: t('followUps.reminder', { name: subject.title }),
      description: `${t('followUps.number', { number })} · ${t(`followUps.channel.${channel}`)}`,
      timeout: shown_ms,
      data: {
        kind: 'success',
        actions: [
          { label: t('followUps.open'), run: () => void navigate(recordPath(record.object, record.id)) },
        ],
      },
    })
  }

  useEvents((event) => {
    if (!event.type.startsWith('follow_up.')) return
    const { object, id } = event.record
    void queryClient.invalidateQueries({ queryKey: followUpKeys.all })
    const kind = kindOf(object)
    if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
    // A reminder that cannot be told is on the day's page all the same.
    if (event.type === 'follow_up.due' && event.data['assignee_id'] === user.id)
      remind(event).catch(() => undefined)
  })
}

const dueOf = ({ overdue, due }: Today) => [...overdue.follow_ups, ...due.follow_ups]
