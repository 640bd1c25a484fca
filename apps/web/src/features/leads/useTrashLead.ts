import type { Lead } from '@rapport/contracts'
import { useTrashRecords } from '../records/useTrashRecords.ts'
import { leadStore } from './api.ts'

const titleOf = (lead: Lead) => lead.full_name

export const useTrashLead = () => useTrashRecords(leadStore, titleOf)
