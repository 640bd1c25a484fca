import { contactsTarget } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { isNamePart } from './mapping.ts'

/** A field as the rest of the app calls it. */
export function useTargetLabel(object: string): (target: string) => string {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(object)
  return useCallback(
    (target) =>
      isNamePart(target) || target === contactsTarget ? t(`imports.map.${target}`) : labelOf(target),
    [t, labelOf],
  )
}
