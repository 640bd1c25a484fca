import { rapport } from '../../app/rapport.ts'
import { createRecordStore, type BaseRecord, type RecordChange } from './recordStore.ts'

/** A record whose fields are known by their description. */
export type ListedRecord = BaseRecord & { [field: string]: unknown }
export type Values = { [field: string]: unknown }

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
  { object: 'contact', include: 'company', also: [['contact-links']] },
)

export const companyStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'companies',
  rapport.companies,
  { object: 'company', include: 'parent', also: [['contacts'], ['deals']] },
)

export const dealStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'deals',
  rapport.deals,
  { object: 'deal', include: 'company', also: [['board'], ['contact-links'], ['deal-totals']] },
)

export const productStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'products',
  rapport.products,
  { object: 'product' },
)

export const taskStore = createRecordStore<ListedRecord, Values, RecordChange & Values>(
  'tasks',
  rapport.tasks,
  {
    object: 'task',
    include: 'linked',
  },
)

export type RecordStore = typeof contactStore
