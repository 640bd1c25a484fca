import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOfKey } from './labelOfKey.ts'

/** What a field is called on screen; a custom value goes by its key. */
export function useFieldLabel(): (field: string) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (field) => {
      const key = `records.field.${field}`
      return i18n.exists(key) ? t(key as 'records.field.email') : labelOfKey(field.replace(/^custom\./, ''))
    },
    [t, i18n],
  )
}
