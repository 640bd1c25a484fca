import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'

export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation()
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      notify.success(t('security.codes.copied'))
    } catch {
      // Without a secure address browsers have no clipboard.
      notify.problem(t('security.codes.not_copied'))
    }
  }
}
