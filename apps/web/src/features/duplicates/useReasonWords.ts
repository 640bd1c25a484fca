import { sureScore, type DuplicateReason } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldLabel } from '../records/useFieldLabel.ts'

/** From here on it is told as likely; below, as possible. */
const likelyFrom = 0.8

export type Certainty = 'sure' | 'likely' | 'possible'

export const certaintyOf = (score: number): Certainty =>
  score >= sureScore ? 'sure' : score >= likelyFrom ? 'likely' : 'possible'

/** Why two records may be the same, in words: “E-mail the same”. */
export function useReasonWords(object: string): (reason: DuplicateReason) => string {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(object)
  return useCallback(
    ({ field, agreement }) => t(`duplicates.agreement.${agreement}`, { field: labelOf(field) }),
    [t, labelOf],
  )
}
