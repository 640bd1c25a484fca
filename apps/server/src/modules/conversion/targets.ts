/** What leads become, and which of their values go where. */
import type { ConvertedObject } from '@rapport/contracts'
import { companies } from '../companies/index.ts'
import { contacts } from '../contacts/index.ts'
import { deals } from '../deals/index.ts'

export const targets = { company: companies, contact: contacts, deal: deals } as const

type Carried = Readonly<Record<string, string>>

/** Field of the new record → field of the lead. */
export const carried: Record<ConvertedObject, Carried> = {
  company: {
    name: 'company_name',
    website: 'website',
    industry: 'industry',
    country: 'country',
    state: 'state',
    city: 'city',
    source: 'source',
    owner_id: 'owner_id',
  },
  contact: {
    full_name: 'full_name',
    email: 'email',
    phone: 'phone',
    mobile: 'mobile',
    country: 'country',
    state: 'state',
    city: 'city',
    time_zone: 'time_zone',
    source: 'source',
    owner_id: 'owner_id',
  },
  deal: {
    value: 'estimated_value',
    currency: 'currency',
    probability: 'probability',
    source: 'source',
    owner_id: 'owner_id',
  },
}
