import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { formatPhone } from '../../ui/phone.ts'
import { useMemberName } from '../members/api.ts'
import { useStage } from '../pipelines/api.ts'
import type { RecordObject } from './kinds.ts'
import { RelatedName } from './RelatedName.tsx'
import { useOptionLabel } from './useChoices.ts'
import { useFields } from './useFields.ts'

const dateField = /_at$/

/** How a value of a field reads, in the reader's language. */
export function useFieldValue(object: RecordObject): (field: string, value: unknown) => ReactNode {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const stageOf = useStage()
  const optionOf = useOptionLabel()
  const fields = useFields(object)

  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('records.timeline.empty_value')
    if (Array.isArray(value))
      return value.length === 0 ? t('records.timeline.empty_value') : format.list(value.map(String))
    const related = fields.get(field)?.to
    if (related !== undefined) return <RelatedName object={related} id={String(value)} />
    if (field === 'owner_id') return nameOf(String(value)) ?? String(value)
    if (field === 'stage_id') return stageOf(String(value))?.name ?? String(value)
    if (fields.get(field)?.type === 'phone') return formatPhone(String(value), format.country)
    if (fields.get(field)?.type === 'select') return optionOf(field, String(value))
    if (dateField.test(field)) return format.dateTime(String(value))
    return typeof value === 'number' ? format.number(value) : String(value)
  }
}
