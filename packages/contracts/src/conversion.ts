/** A lead becomes a company, a contact and a deal: proposed, done in one step, and taken back. */
import { z } from 'zod'
import { Company, NewCompany } from './companies.ts'
import { Contact, NewContact } from './contacts.ts'
import { Deal, NewDeal } from './deals.ts'
import { Lead } from './leads.ts'
import { operation } from './operation.ts'
import { Id, IdParams, RelatedRecord, Timestamp, Version } from './shared.ts'

export const convertedObjects = ['company', 'contact', 'deal'] as const
export const ConvertedObject = z.enum(convertedObjects)
export type ConvertedObject = z.infer<typeof ConvertedObject>

/** What the match has in common with the lead. `linked`: a contact of the lead already. */
export const matchReasons = ['linked', 'email', 'phone', 'domain', 'name'] as const
export const ConversionMatch = z.object({ id: Id, name: z.string(), by: z.enum(matchReasons) })
export type ConversionMatch = z.infer<typeof ConversionMatch>

const Values = z.record(z.string(), z.unknown())

/** What would be made or taken when nothing is said: the first match, or else a new record of these values. */
export const ConversionProposal = z.object({
  company: z.object({ matches: z.array(ConversionMatch), values: Values.nullable() }),
  contact: z.object({ matches: z.array(ConversionMatch), values: Values.nullable() }),
  deal: z.object({ values: Values.nullable() }),
})
export type ConversionProposal = z.infer<typeof ConversionProposal>

export const Conversion = z.object({
  lead_id: Id,
  /** Each as far as the caller may read it. */
  company: RelatedRecord.nullable(),
  contact: RelatedRecord.nullable(),
  deal: RelatedRecord.nullable(),
  /** Which of them were made for it; the others were there before. */
  made: z.array(ConvertedObject),
  converted_by: Id.nullable(),
  converted_at: Timestamp,
  undo_until: Timestamp,
  /** Whether it is young enough; whoever may change the lead may do so. */
  can: z.object({ undo: z.boolean() }),
})
export type Conversion = z.infer<typeof Conversion>

/** Either one that is there, or a new one; its values go before the proposed ones, which fill the rest. */
function part<const New extends z.ZodType>(New: New) {
  return z
    .strictObject({ id: Id.optional(), values: New.optional() })
    .refine(({ id, values }) => (id === undefined) !== (values === undefined), 'give either an id or values')
    .nullable()
    .optional()
}

export const ConvertLead = z.strictObject({
  company: part(NewCompany).describe('Null for none; as it is proposed unless given'),
  contact: part(NewContact).describe('Null for none; as it is proposed unless given'),
  deal: z
    .strictObject({ values: NewDeal })
    .nullable()
    .optional()
    .describe('Null for none; as it is proposed unless given'),
  version: Version.optional(),
})
export type ConvertLead = z.output<typeof ConvertLead>

export const Converted = z.object({
  lead: Lead,
  company: Company.nullable(),
  contact: Contact.nullable(),
  deal: Deal.nullable(),
})
export type Converted = z.infer<typeof Converted>

const onLead = '/crm/leads/{id}'

export const conversion = {
  get: operation({
    method: 'GET',
    path: `${onLead}/conversion`,
    summary: 'What a lead became, or what its conversion would make of it',
    params: IdParams,
    reply: z.object({ conversion: Conversion.nullable(), proposal: ConversionProposal.nullable() }),
    problems: [404],
  }),
  convert: operation({
    method: 'POST',
    path: `${onLead}/convert`,
    summary: 'Make a company, a contact and a deal of a lead, or take those that are there; may be repeated',
    params: IdParams,
    body: ConvertLead,
    reply: Converted,
  }),
  undo: operation({
    method: 'POST',
    path: `${onLead}/convert/undo`,
    summary:
      'Take a conversion back within 24 hours: what it made goes into the trash, unless it is to be kept',
    params: IdParams,
    body: z.strictObject({
      keep: z.array(ConvertedObject).max(3).default([]).describe('What stays though the conversion made it'),
    }),
    reply: Lead,
  }),
}
