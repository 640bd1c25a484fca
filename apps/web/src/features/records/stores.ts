import { rapport } from '../../app/rapport.ts'
import { createRecordStore, type BaseRecord, type RecordChange } from './recordStore.ts'

/** A record whose fields are known by their description. */
export type ListedRecord = BaseRecord & { [field: string]: unknown }
type Values = { [field: string]: unknown }

export const leadStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'leads',
  rapport.leads,
  {
    object: 'lead',
    also: [['board']],
  },
)

export const contactStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'contacts',
  rapport.contacts,
  { object: 'contact', include: 'company', also: [['lead-contacts']] },
)

export const companyStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'companies',
  rapport.companies,
  { object: 'company', include: 'parent', also: [['contacts']] },
)

export type RecordStore = typeof contactStore
