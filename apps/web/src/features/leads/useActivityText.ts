import { loggableActivityTypes, type Activity } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useMemberName } from '../members/api.ts'
import { useStage } from '../pipelines/api.ts'
import { labelOfKey } from './words.ts'

type Change = { label: string; before: string; after: string }
type Described = { sentence: string; changes: Change[] }

const dateField = /_at$/

/** Says an activity in the reader's language, with the values before and after. */
export function useActivityText(): (activity: Activity) => Described {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const stageOf = useStage()

  const labelOf = (field: string): string => {
    const key = `leads.field.${field}`
    return i18n.exists(key) ? t(key as 'leads.field.email') : labelOfKey(field.replace(/^custom\./, ''))
  }
  const valueOf = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('leads.timeline.empty_value')
    if (field === 'owner_id') return nameOf(String(value)) ?? String(value)
    if (field === 'stage_id') return stageOf(String(value))?.name ?? String(value)
    if (field === 'status') return t(`leads.status.${value as 'new'}`)
    if (dateField.test(field)) return format.dateTime(String(value))
    return typeof value === 'number' ? format.number(value) : String(value)
  }
  const changesOf = (activity: Activity): Change[] =>
    Object.entries((activity.data['changes'] ?? {}) as Record<string, [unknown, unknown]>)
      .filter(([field]) => i18n.exists(`leads.field.${field}`) || field.startsWith('custom.'))
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
        sentence: t('leads.timeline.stage_changed', { from: from?.name ?? '…', to: to?.name ?? '…' }),
        changes: [],
      }
    }
    if (type === 'updated') {
      const changes = changesOf(activity)
      return {
        sentence: t('leads.timeline.updated', { fields: format.list(changes.map(({ label }) => label)) }),
        changes,
      }
    }
    if (type === 'created')
      return {
        sentence: t(data['import_id'] ? 'leads.timeline.imported' : 'leads.timeline.created'),
        changes: [],
      }
    if (type === 'deleted' || type === 'restored' || loggableActivityTypes.includes(type))
      return { sentence: t(`leads.timeline.${type}`), changes: [] }
    return { sentence: type, changes: [] }
  }
}
