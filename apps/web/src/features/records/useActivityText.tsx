import { loggableActivityTypes, type Activity } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { formatPhone } from '../../ui/phone.ts'
import { useMemberName } from '../members/api.ts'
import { useStage } from '../pipelines/api.ts'
import type { RecordObject } from './kinds.ts'
import { RelatedName } from './RelatedName.tsx'
import { useOptionLabel } from './useChoices.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useFields } from './useFields.ts'

type Change = { label: string; before: ReactNode; after: ReactNode }
type Described = { sentence: string; link?: { object: string; id: string }; changes: Change[] }

const dateField = /_at$/

/** Says an activity in the reader's language, with the values before and after. */
export function useActivityText(object: RecordObject): (activity: Activity) => Described {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const stageOf = useStage()

  const labelOf = useFieldLabel()
  const optionOf = useOptionLabel()
  const fields = useFields(object)

  const valueOf = (field: string, value: unknown): ReactNode => {
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
  const changesOf = (activity: Activity): Change[] =>
    Object.entries((activity.data['changes'] ?? {}) as Record<string, [unknown, unknown]>)
      .filter(([field]) => fields.has(field) || field.startsWith('custom.'))
      .map(([field, [before, after]]) => ({
        label: labelOf(field),
        before: valueOf(field, before),
        after: valueOf(field, after),
      }))

  return (activity) => {
    const { type, data } = activity
    if (type === 'stage_changed') {
      const { from, to } = data as { from?: { name?: string }; to?: { name?: string } }
      return {
        sentence: t('records.timeline.stage_changed', { from: from?.name ?? '…', to: to?.name ?? '…' }),
        changes: [],
      }
    }
    if (type === 'updated') {
      const changes = changesOf(activity)
      return {
        sentence: t('records.timeline.updated', { fields: format.list(changes.map(({ label }) => label)) }),
        changes,
      }
    }
    if (type === 'created')
      return {
        sentence: t(data['import_id'] ? 'records.timeline.imported' : 'records.timeline.created', {
          context: object,
        }),
        changes: [],
      }
    if (type === 'deleted' || type === 'restored')
      return { sentence: t(`records.timeline.${type}`, { context: object }), changes: [] }
    if (type === 'linked' || type === 'unlinked')
      return {
        sentence: t(`records.timeline.${type}`, { context: data['object'] === 'lead' ? 'lead' : 'contact' }),
        link: { object: String(data['object']), id: String(data['id']) },
        changes: [],
      }
    return loggableActivityTypes.includes(type)
      ? { sentence: t(`records.timeline.${type}`), changes: [] }
      : { sentence: type, changes: [] }
  }
}
