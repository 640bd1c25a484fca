/** The objects as the generic screens know them: what comes from the contract, and how a screen arranges it. */
import { companyFields, contactFields, leadFields, type FieldDescription } from '@rapport/contracts'
import { Building2, Contact } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import { companyStore, contactStore, type ListedRecord, type RecordStore } from './stores.ts'

export type RecordObject = 'lead' | 'contact' | 'company'
type Fields = ReadonlyMap<string, FieldDescription>

const byName = (fields: readonly FieldDescription[]): Fields =>
  new Map(fields.map((field) => [field.name, field]))
const known: Record<RecordObject, Fields> = {
  lead: byName(leadFields),
  contact: byName(contactFields),
  company: byName(companyFields),
}

export const fieldsOf = (object: RecordObject): Fields => known[object]

export type RecordKind = {
  object: Exclude<RecordObject, 'lead'>
  many: 'contacts' | 'companies'
  icon: LucideIcon
  store: RecordStore
  path: string
  pathOf: (id: string) => string
  /** The field a person knows it by. */
  title: string
  /** The second line in compact places. */
  subtitleOf: (record: ListedRecord) => string | null
  /** Columns shown from the start, in this order; the others wait in the columns menu. */
  shown: readonly string[]
  /** What the dialog for a new one asks, beside its title. */
  asked: readonly string[]
  sections: readonly { name: 'details' | 'reach' | 'place'; fields: readonly string[] }[]
  /** Whether its records are about a person, who can agree to things and ask to be erased. */
  is_person: boolean
}

const first = (...values: unknown[]): string | null =>
  values.find((value): value is string => typeof value === 'string' && value !== '') ?? null
const related = (value: unknown): string | null =>
  (value as { name?: string } | null | undefined)?.name ?? null

export const contactKind: RecordKind = {
  object: 'contact',
  many: 'contacts',
  icon: Contact,
  store: contactStore,
  path: paths.contacts,
  pathOf: paths.contact,
  title: 'full_name',
  subtitleOf: (record) =>
    first(related(record['company']), record['position'], record['email'], record['phone']),
  shown: ['full_name', 'position', 'company_id', 'email', 'phone', 'owner_id', 'city', 'created_at'],
  asked: ['company_id', 'position', 'email', 'phone', 'owner_id'],
  sections: [
    { name: 'details', fields: ['company_id', 'position', 'owner_id', 'source'] },
    { name: 'reach', fields: ['email', 'emails', 'phone', 'mobile', 'phones', 'linkedin'] },
    { name: 'place', fields: ['city', 'state', 'country'] },
  ],
  is_person: true,
}

export const companyKind: RecordKind = {
  object: 'company',
  many: 'companies',
  icon: Building2,
  store: companyStore,
  path: paths.companies,
  pathOf: paths.company,
  title: 'name',
  subtitleOf: (record) => first(record['domain'], record['industry'], record['city']),
  shown: [
    'name',
    'domain',
    'industry',
    'city',
    'country',
    'employees',
    'annual_revenue',
    'owner_id',
    'created_at',
  ],
  asked: ['domain', 'industry', 'phone', 'city', 'parent_id', 'owner_id'],
  sections: [
    {
      name: 'details',
      fields: ['parent_id', 'industry', 'employees', 'annual_revenue', 'owner_id', 'source'],
    },
    { name: 'reach', fields: ['domain', 'website', 'email', 'phone'] },
    { name: 'place', fields: ['address', 'city', 'state', 'country'] },
  ],
  is_person: false,
}
