/** Audit entries as the JSON filter of a list knows them. */
import {
  auditActorKinds,
  auditCategories,
  auditOutcomes,
  type FieldDescription,
  type FieldType,
} from '@rapport/contracts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'

function kept(name: string, type: FieldType, traits: Partial<FieldDescription> = {}): FieldDescription {
  const synonyms = { en: [], pt: [] }
  const fixed = { writable: false, sortable: false, searchable: false }
  return { name, type, required: false, filterable: true, synonyms, ...fixed, ...traits }
}

const always = { required: true }

export const auditRecords: RecordDescription = {
  ...describeRecords({
    object: 'audit',
    table: 'audit_log',
    title: 'action',
    fields: [
      kept('occurred_at', 'datetime', always),
      kept('category', 'select', { ...always, options: auditCategories }),
      kept('action', 'text', always),
      kept('outcome', 'select', { ...always, options: auditOutcomes }),
      kept('object', 'text', always),
      kept('record_id', 'id'),
      kept('record_name', 'text'),
      kept('actor_kind', 'select', { ...always, options: auditActorKinds }),
      kept('actor_id', 'id'),
      kept('actor_name', 'text'),
      kept('ip', 'text'),
      kept('request_id', 'text'),
    ],
    permissions: { read: 'audit:read', update: 'audit:read', delete: 'audit:read' },
  }),
  has_custom: false,
}
