import { leadStatuses, type Lead, type LeadStatus } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Hue } from '../../ui/hue.ts'

export const statusHues: Record<LeadStatus, Hue> = {
  new: 'blue',
  working: 'amber',
  nurturing: 'violet',
  qualified: 'green',
  converted: 'teal',
  lost: 'slate',
}

/** Statuses as choices of a select, in the reader's language. */
export function useStatusOptions(): { value: LeadStatus; label: string; hue: Hue }[] {
  const { t } = useTranslation()
  return useMemo(
    () => leadStatuses.map((value) => ({ value, label: t(`leads.status.${value}`), hue: statusHues[value] })),
    [t],
  )
}

/** The second line of a lead in compact places. */
export const subtitleOf = (lead: Pick<Lead, 'company_name' | 'email' | 'phone'>): string | null =>
  lead.company_name ?? lead.email ?? lead.phone
