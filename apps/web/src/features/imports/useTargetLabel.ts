import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isNamePart } from './mapping.ts'
import en from '../../locales/en.ts'

type LabelledField = keyof typeof en.leads.field

const isLabelled = (name: string): name is LabelledField => name in en.leads.field

/** A field as the rest of the app calls it. */
export function useTargetLabel(): (target: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (target) => {
      if (isNamePart(target)) return t(`imports.map.${target}`)
      return isLabelled(target) ? t(`leads.field.${target}`) : target
    },
    [t],
  )
}
