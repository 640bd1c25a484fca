import type { Lead } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { labelOfKey } from './words.ts'
import { useUpdateLead, type LeadChange } from './api.ts'
import { clashOf } from './conflict.ts'

type Named = Exclude<keyof LeadChange, 'version'>

/**
 * Saves one field at once and offers to take it back. A change by someone else to another field is no conflict; to the
 * same field it is, and then theirs is shown and ours told.
 */
export function useChangeLead() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { mutateAsync } = useUpdateLead()

  return useCallback(
    async (lead: Lead, field: string, value: unknown): Promise<void> => {
      const change = changeOf(field, value)
      const label = field.startsWith('custom.')
        ? labelOfKey(field.slice(7))
        : t(`leads.field.${field as Named}` as 'leads.field.email')
      try {
        await mutateAsync({ id: lead.id, change: { ...change, version: lead.version } })
      } catch (error) {
        const text = clashOf(error) ? t('leads.toast.clash', { value: String(value ?? '') }) : describe(error)
        notify.problem(t('leads.toast.not_saved', { field: label }), text)
        throw new Error(text, { cause: error })
      }
    },
    [mutateAsync, t, describe],
  )
}

/** `custom.<key>` is one key of the custom values; everything else is a field. */
function changeOf(field: string, value: unknown): LeadChange {
  if (field.startsWith('custom.')) return { custom: { [field.slice(7)]: value as string | null } }
  return { [field]: value } as LeadChange
}
