import { useChangeRecord } from '../records/useChangeRecord.ts'
import { leadStore } from './api.ts'

export const useChangeLead = () => useChangeRecord(leadStore, 'lead')
