import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isNamePart } from './mapping.ts'

/** A field as the rest of the app calls it. */
export function useTargetLabel(): (target: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (target) =>
      isNamePart(target) ? t(`imports.map.${target}`) : t(`records.field.${target}` as 'records.field.email'),
    [t],
  )
}
