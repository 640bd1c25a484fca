import { customPrefix } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { customFieldsQuery } from '../custom-fields/api.ts'
import { labelOfKey } from './labelOfKey.ts'

/** What a field is called on screen. A custom value whose field is gone, or belongs to nobody yet, goes by its key. */
export function useFieldLabel(object?: string): (field: string) => string {
  const { t, i18n } = useTranslation()
  const { data: own } = useQuery({ ...customFieldsQuery, enabled: useMay('custom_fields:read') })
  return useCallback(
    (field) => {
      const own_word = `records.field_of.${object}.${field}`
      if (i18n.exists(own_word)) return t(own_word as 'records.field_of.task.owner_id')
      const key = `records.field.${field}`
      if (i18n.exists(key)) return t(key as 'records.field.email')
      const made = own?.find(
        (one) => customPrefix + one.key === field && (object === undefined || one.object === object),
      )
      return made?.label ?? labelOfKey(field.replace(/^custom\./, ''))
    },
    [t, i18n, own, object],
  )
}
