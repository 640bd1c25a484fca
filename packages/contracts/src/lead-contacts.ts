/** The people around a lead: several, each with a part in it; told from both sides. */
import { z } from 'zod'
import { Contact, NewContact } from './contacts.ts'
import { Lead } from './leads.ts'
import { operation } from './operation.ts'
import { Id, IdParams, optionalLine, Timestamp } from './shared.ts'

export const maxLeadContacts = 100
const part = optionalLine(60).describe('What the person is in it: decision maker, user …')

export const LeadContact = z.object({ contact: Contact, part: z.string().nullable(), linked_at: Timestamp })
export type LeadContact = z.infer<typeof LeadContact>

export const ContactLead = z.object({ lead: Lead, part: z.string().nullable(), linked_at: Timestamp })
export type ContactLead = z.infer<typeof ContactLead>

const { full_name, ...further } = NewContact.shape

/** Either a contact that is there, or one that is made on the spot. */
export const NewLeadContact = z
  .strictObject({ contact_id: Id.optional(), part, full_name: full_name.optional(), ...further })
  .superRefine(({ contact_id, part: _, ...made }, refinement) => {
    const given = Object.entries(made).filter(([, value]) => value !== undefined)
    if (contact_id === undefined && made.full_name === undefined)
      refinement.addIssue({
        code: 'custom',
        path: ['contact_id'],
        message: 'give a contact, or the name of a new one',
      })
    if (contact_id !== undefined)
      for (const [field] of given)
        refinement.addIssue({ code: 'custom', path: [field], message: 'cannot be given with contact_id' })
  })
export type NewLeadContact = z.output<typeof NewLeadContact>

const onLead = '/crm/leads/{id}/contacts'
const LinkParams = z.strictObject({ id: Id, contact_id: Id })

export const leadContacts = {
  list: operation({
    method: 'GET',
    path: onLead,
    problems: [404],
    summary: 'The contacts of a lead, the first linked first',
    params: IdParams,
    reply: z.object({ items: z.array(LeadContact), next_cursor: z.null() }),
  }),
  link: operation({
    method: 'POST',
    path: onLead,
    summary: 'Link a contact to a lead, or make one that is linked',
    params: IdParams,
    body: NewLeadContact,
    status: 201,
    reply: LeadContact,
  }),
  change: operation({
    method: 'PATCH',
    path: `${onLead}/{contact_id}`,
    summary: 'Change the part that a contact has in a lead',
    params: LinkParams,
    body: z.strictObject({ part }),
    reply: LeadContact,
  }),
  unlink: operation({
    method: 'DELETE',
    path: `${onLead}/{contact_id}`,
    summary: 'Take a contact off a lead; both records stay',
    params: LinkParams,
    status: 204,
  }),
  leads: operation({
    method: 'GET',
    path: '/crm/contacts/{id}/leads',
    problems: [404],
    summary: 'The leads that a contact has a part in, the newest first',
    params: IdParams,
    reply: z.object({ items: z.array(ContactLead), next_cursor: z.null() }),
  }),
}
