import type { ChecklistItem } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'

/** “2 of 5”, of whatever a checklist was or is. */
export function useChecklistProgress(): (items: unknown) => string {
  const { t } = useTranslation()
  return (items) => {
    const steps = (items ?? []) as readonly ChecklistItem[]
    return t('tasks.checklist.progress', {
      done: steps.filter(({ done }) => done).length,
      count: steps.length,
    })
  }
}
