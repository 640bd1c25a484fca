import type { RapportEvent } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useEvents } from '../../app/realtime.ts'
import { notify } from '../../ui/notify.ts'

/** Due: said wherever one is, until one has seen it. */
export function useReminderToasts(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  useEvents(({ type, data }: RapportEvent) => {
    if (type !== 'chat.reminder_due') return
    const { channel_id, message_id } = data as { channel_id: string; message_id: string }
    notify.stand(`reminder ${message_id}`, {
      title: t('chat.reminder.due'),
      data: {
        kind: 'success',
        actions: [
          {
            label: t('chat.reminder.open'),
            run: () => void navigate(paths.chatMessage(channel_id, message_id, null)),
          },
        ],
      },
    })
  })
}
