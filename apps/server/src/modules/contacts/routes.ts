import { operations, type LinkOperations } from '@rapport/contracts'
import type { Api } from '../../platform/http/route.ts'
import type { Module } from '../../platform/platform.ts'
import { followRelatedNames, routeRecords, type BaseRow } from '../records/index.ts'
import { contacts } from './definition.ts'
import { listLinkedContacts, listOfContact } from './linked.ts'
import { dealLinking, leadLinking, type Linking } from './linking.ts'
import { changePart, linkContact, unlinkContact } from './links.ts'

export const contactsModule: Module = ({ api, events }) => {
  routeRecords(api, contacts, operations.contacts)
  events.subscribe(followRelatedNames(contacts))

  const { leadContacts, dealContacts } = operations
  routeLinks(api, leadLinking, leadContacts)
  routeLinks(api, dealLinking, dealContacts)
  api.route(leadContacts.leads, {
    allow: 'contacts:read',
    read: (ctx, { params }) => listOfContact(ctx, leadLinking, params.id),
  })
  api.route(dealContacts.deals, {
    allow: 'contacts:read',
    read: (ctx, { params }) => listOfContact(ctx, dealLinking, params.id),
  })
}

function routeLinks<Row extends BaseRow>(api: Api, linking: Linking<Row>, operations: LinkOperations): void {
  const { read, update } = linking.definition.records.permissions
  api.route(operations.list, {
    allow: read,
    read: (ctx, { params }) => listLinkedContacts(ctx, linking, params.id),
  })
  api.route(operations.link, {
    allow: update,
    run: (ctx, { params, body }) => linkContact(ctx, linking, params.id, body),
  })
  api.route(operations.change, {
    allow: update,
    run: (ctx, { params, body }) =>
      changePart(ctx, linking, params.id, { contact_id: params.contact_id, part: body.part ?? null }),
  })
  api.route(operations.unlink, {
    allow: update,
    run: async (ctx, { params }) => {
      await unlinkContact(ctx, linking, params.id, params.contact_id)
      return undefined
    },
  })
}
