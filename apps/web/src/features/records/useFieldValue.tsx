import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { fieldTypes } from '../../ui/fields/fieldTypes.ts'
import { useMemberName } from '../members/api.ts'
import { LinkNames } from '../tasks/LinkNames.tsx'
import { useChecklistProgress } from '../tasks/useChecklistProgress.ts'
import { useRecurrenceWords } from '../tasks/useRecurrenceWords.ts'
import { useStage } from '../pipelines/api.ts'
import { columnType } from './columnTypes.ts'
import { RelatedName } from './RelatedName.tsx'
import { useChoices } from './useChoices.ts'
import { useFields } from './useFields.ts'

/** How a value of a field reads, in the reader's language. */
export function useFieldValue(
  object: string,
  currency?: string,
): (field: string, value: unknown) => ReactNode {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const stageOf = useStage()
  const choicesOf = useChoices(object)
  const fields = useFields(object)
  const recurrence = useRecurrenceWords()
  const progressOf = useChecklistProgress()

  return (name, value) => {
    const field = fields.get(name)
    const choices = field && choicesOf(field)?.all
    const one = (chosen: unknown) =>
      choices?.find((choice) => choice.value === String(chosen))?.label ?? String(chosen)
    if (value === null || value === undefined || value === '') return t('records.timeline.empty_value')
    if (field?.type === 'checklist') return progressOf(value)
    if (field?.type === 'links') return <LinkNames links={value} />
    if (field?.type === 'recurrence') return recurrence(String(value))
    if (Array.isArray(value))
      return value.length === 0 ? t('records.timeline.empty_value') : format.list(value.map(one))
    if (field?.to !== undefined) return <RelatedName object={field.to} id={String(value)} />
    if (field?.type === 'user') return nameOf(String(value)) ?? String(value)
    if (name === 'stage_id') return stageOf(String(value))?.name ?? String(value)
    if (choices) return one(value)
    if (field?.type === 'money' && typeof value === 'number' && currency !== undefined)
      return format.money(value, currency)
    const { write } = fieldTypes[field ? columnType(field) : 'text']
    return typeof value === 'number' ? format.number(value) : write(value, { options: [] }, format)
  }
}
