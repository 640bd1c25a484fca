import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { remind } from './api.ts'

/** One is reminded of a message once: whoever asks again has changed when. */
export function useRemind() {
  const { t } = useTranslation()
  const format = useFormat()
  return useCallback(
    async (message: { id: string }, due_at: string) => {
      await remind(message, due_at)
      notify.success(t('chat.remind.set', { when: format.dateTime(due_at) }))
    },
    [t, format],
  )
}
