/** The guess on a table of values by heading, without a database: one member, stages that end, records that are there. */
import {
  companyFields,
  contactFields,
  dealFields,
  leadFields,
  NewCompany,
  NewContact,
  NewDeal,
  NewLead,
} from '@rapport/contracts'
import { createMemberFinder } from './choices.ts'
import { guessMapping } from './guess.ts'
import { nameColumns } from './header.ts'
import { contactsField, stageField } from './kinds.ts'
import { ColumnProfile } from './profile.ts'
import type { ReadingContext } from './readers.ts'

const member = {
  user_id: '0192f0a0-0000-7000-8000-000000000001',
  email: 'ana@example.com',
  full_name: 'Ana Souza',
}

const kinds = {
  lead: { title: 'full_name', fields: leadFields, shapes: NewLead.shape },
  contact: { title: 'full_name', fields: contactFields, shapes: NewContact.shape },
  company: { title: 'name', fields: companyFields, shapes: NewCompany.shape },
  deal: { title: 'name', fields: dealFields, shapes: NewDeal.shape },
} as const

/** @param leads names of records that are there */
export function guessAs(
  object: keyof typeof kinds,
  table: Record<string, readonly string[]>,
  leads: readonly string[] = [],
) {
  const { title, fields, shapes } = kinds[object]
  const listed = fields.filter(({ writable, type }) => writable && type !== 'id')
  const staged = fields.some(({ name }) => name === 'stage_id') ? [stageField] : []
  const people = object === 'deal' ? [contactsField] : []
  const context = {
    kind: {
      object,
      title,
      fields: new Map([...listed, ...staged, ...people].map((field) => [field.name, field])),
      shapes,
    },
    home_currency: 'USD',
    home_country: null,
    language: 'en',
    time_zone: 'UTC',
    date_order: 'month_first',
    findMember: createMemberFinder([member]),
    findStage: (text: string) =>
      /won|lost|proposal|proposta|ganho/i.test(text) ? { id: member.user_id, type: 'open' } : undefined,
    own: [],
  } as unknown as ReadingContext
  const names = nameColumns(Object.keys(table))
  const columns = Object.values(table).map((values, index) => {
    const profile = new ColumnProfile(names[index] ?? '')
    for (const value of values) profile.add(value)
    return profile
  })
  return guessMapping(columns, context, (_field, text) => leads.includes(text))
}
