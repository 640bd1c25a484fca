/** The people around a lead or a deal: several, each with a part in it; told from both sides. */
import { z } from 'zod'
import { Contact, NewContact } from './contacts.ts'
import { Deal } from './deals.ts'
import { Lead } from './leads.ts'
import { operation } from './operation.ts'
import { Id, IdParams, optionalLine, Timestamp } from './shared.ts'

export const maxLinkedContacts = 100
const part = optionalLine(60).describe('What the person is in it: decision maker, user …')
const link = { part: z.string().nullable(), linked_at: Timestamp }

export const LinkedContact = z.object({ contact: Contact, ...link })
export type LinkedContact = z.infer<typeof LinkedContact>

export const ContactLead = z.object({ lead: Lead, ...link })
export type ContactLead = z.infer<typeof ContactLead>

export const ContactDeal = z.object({ deal: Deal, ...link })
export type ContactDeal = z.infer<typeof ContactDeal>

const { full_name, ...further } = NewContact.shape

/** Either a contact that is there, or one that is made on the spot. */
export const NewLinkedContact = z
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
export type NewLinkedContact = z.output<typeof NewLinkedContact>

const LinkParams = z.strictObject({ id: Id, contact_id: Id })

/** The links of one kind of record, from its side. */
function linkOperations(path: string, one: string) {
  const all = `/crm/${path}/{id}/contacts`
  return {
    list: operation({
      method: 'GET',
      path: all,
      problems: [404],
      summary: `The contacts of a ${one}, the first linked first`,
      params: IdParams,
      reply: z.object({ items: z.array(LinkedContact), next_cursor: z.null() }),
    }),
    link: operation({
      method: 'POST',
      path: all,
      summary: `Link a contact to a ${one}, or make one that is linked`,
      params: IdParams,
      body: NewLinkedContact,
      status: 201,
      reply: LinkedContact,
    }),
    change: operation({
      method: 'PATCH',
      path: `${all}/{contact_id}`,
      summary: `Change the part that a contact has in a ${one}`,
      params: LinkParams,
      body: z.strictObject({ part }),
      reply: LinkedContact,
    }),
    unlink: operation({
      method: 'DELETE',
      path: `${all}/{contact_id}`,
      summary: `Take a contact off a ${one}; both records stay`,
      params: LinkParams,
      status: 204,
    }),
  }
}

/** And from the contact's side. */
const ofContact = <const Item extends z.ZodType>(path: string, Item: Item) =>
  operation({
    method: 'GET',
    path: `/crm/contacts/{id}/${path}`,
    problems: [404],
    summary: `The ${path} that a contact has a part in, the newest first`,
    params: IdParams,
    reply: z.object({ items: z.array(Item), next_cursor: z.null() }),
  })

export const leadContacts = { ...linkOperations('leads', 'lead'), leads: ofContact('leads', ContactLead) }
export const dealContacts = { ...linkOperations('deals', 'deal'), deals: ofContact('deals', ContactDeal) }
export type LinkOperations = ReturnType<typeof linkOperations>
