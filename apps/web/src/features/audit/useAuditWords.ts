import type { AuditAction, AuditEntry, AuditObject } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useMemberName } from '../members/api.ts'
import { usePipelines, useStage } from '../pipelines/api.ts'

export type ToldChange = { field: string; label: string; before: string | null; after: string | null }

const dateField = /_(?:at|until)$/
const customField = /^custom\./

/** Says entries in the reader's language. What a newer server names is shown as it is named. */
export function useAuditWords() {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const stageOf = useStage()
  const pipelines = usePipelines()

  const inWords = (key: string, otherwise: string): string =>
    i18n.exists(key) ? t(key as 'audit.title') : otherwise

  function labelOf(field: string): string {
    const plain = field.replace(customField, '').replaceAll('_', ' ')
    const readable = plain.charAt(0).toLocaleUpperCase() + plain.slice(1)
    return inWords(`audit.field.${field}`, inWords(`records.field.${field}`, readable))
  }

  function valueOf(field: string, value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (typeof value === 'number') return format.number(value)
    if (Array.isArray(value)) return format.list(value.map((item) => valueOf(field, item)))
    if (typeof value !== 'string') return JSON.stringify(value)
    if (field === 'owner_id' || field === 'user_id') return nameOf(value) ?? value
    if (field === 'stage_id') return stageOf(value)?.name ?? value
    if (field === 'pipeline_id') return pipelines.find(({ id }) => id === value)?.name ?? value
    if (field === 'status') return inWords(`records.option.status.${value}`, value)
    if (field === 'code') return inWords(`audit.code.${value}`, value)
    if (field === 'bulk_action') return inWords(`audit.bulk.${value}`, value)
    if (field === 'action') return actionOf(value)
    if (field === 'object') return objectOf(value)
    if (dateField.test(field) && !Number.isNaN(Date.parse(value))) return format.dateTime(value)
    return value
  }

  const told = (field: string, values: AuditEntry['before']): string | null => {
    const value = values?.[field]
    return value === undefined || value === null || value === '' ? null : valueOf(field, value)
  }

  const actionOf = (action: string): string => inWords(`audit.action.${action as AuditAction}`, action)
  const objectOf = (object: string): string => inWords(`audit.object.${object as AuditObject}`, object)

  /** How many records an entry tells of that stands for many of an import. */
  function manyOf({ object, after }: AuditEntry): string | null {
    const created: unknown = object === 'import' ? after?.['created'] : null
    return Array.isArray(created) ? t('audit.entry.records', { count: created.length }) : null
  }

  return {
    manyOf,
    actionOf,
    objectOf,
    changesOf: ({ before, after }: AuditEntry): ToldChange[] =>
      [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((field) => ({
        field,
        label: labelOf(field),
        before: told(field, before),
        after: told(field, after),
      })),
  }
}
