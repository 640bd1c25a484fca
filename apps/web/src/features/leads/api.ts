import type { BodyInput, Lead, operations } from '@rapport/contracts'
import { rapport } from '../../app/rapport.ts'
import { createRecordStore } from '../records/recordStore.ts'

export type LeadChange = BodyInput<typeof operations.leads.update>
export type NewLead = BodyInput<typeof operations.leads.create>

export const leadStore = createRecordStore<Lead, NewLead, LeadChange>('leads', rapport.leads, {
  also: [['board']],
})

export const {
  keys: leadKeys,
  listQuery: leadListQuery,
  recordQuery: leadQuery,
  patch: patchLead,
  useUpdate: useUpdateLead,
  useCreate: useCreateLead,
  useRemove: useRemoveLead,
  useRestore: useRestoreLead,
} = leadStore
