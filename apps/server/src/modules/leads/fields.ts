/** Leads as an instance of the general description of records. */
import { leadFields } from '@rapport/contracts'
import { describeRecords } from '../../platform/lists/index.ts'

export const leadRecords = describeRecords({
  object: 'lead',
  table: 'leads',
  fields: leadFields,
  permissions: { read: 'leads:read', update: 'leads:update', delete: 'leads:delete' },
})
