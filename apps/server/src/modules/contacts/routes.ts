import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { followRelatedNames, routeRecords } from '../records/index.ts'
import { contacts } from './definition.ts'
import { listContactLeads, listLeadContacts } from './linked.ts'
import { changePart, linkContact, unlinkContact } from './links.ts'

export const contactsModule: Module = ({ api, events }) => {
  routeRecords(api, contacts, operations.contacts)
  events.subscribe(followRelatedNames(contacts))

  const { leadContacts } = operations
  api.route(leadContacts.list, {
    allow: 'leads:read',
    read: (ctx, { params }) => listLeadContacts(ctx, params.id),
  })
  api.route(leadContacts.leads, {
    allow: 'contacts:read',
    read: (ctx, { params }) => listContactLeads(ctx, params.id),
  })
  api.route(leadContacts.link, {
    allow: 'leads:update',
    run: (ctx, { params, body }) => linkContact(ctx, params.id, body),
  })
  api.route(leadContacts.change, {
    allow: 'leads:update',
    run: (ctx, { params, body }) =>
      changePart(ctx, params.id, { contact_id: params.contact_id, part: body.part ?? null }),
  })
  api.route(leadContacts.unlink, {
    allow: 'leads:update',
    run: async (ctx, { params }) => {
      await unlinkContact(ctx, params.id, params.contact_id)
      return undefined
    },
  })
}
