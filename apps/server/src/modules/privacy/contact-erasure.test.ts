import type { Contact, Lead, PrivacyRequest } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { everythingKept, expectNoTrace, marks, person } from './person.fixture.ts'

let app: TestApp
let owner: Caller
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

async function make<Made>(path: string, body: unknown): Promise<Made> {
  const made = await owner.call<Made>('POST', path, { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}

test('the erasure of a person reaches a contact with all addresses and numbers, and what links it to leads', async () => {
  const { company_name: _, website, estimated_value: __, ...fields } = person
  const contact = await make<Contact>('/crm/contacts', {
    ...fields,
    position: 'Zyxqu Officer',
    linkedin: website,
    emails: ['q2@zyxquwolin.example'],
    phones: ['+55 31 97777-6543'],
  })
  const lead = await make<Lead>('/crm/leads', { full_name: 'Linked Lead' })
  const link = { contact_id: contact.id, part: 'Sponsor' }
  await owner.call('POST', `/crm/leads/${lead.id}/contacts`, { body: link })
  await owner.call('PATCH', `/crm/contacts/${contact.id}`, { body: { emails: ['q3@zyxquwolin.example'] } })
  await owner.call('POST', `/crm/leads/${lead.id}/activities`, {
    body: { type: 'note', body: 'Ring q3@zyxquwolin.example or 31 97777 6543, wants tea.' },
  })
  expect(await everythingKept(app, (text) => admin.query(text))).toContain('q2@zyxquwolin.example')
  const asked = { kind: 'person_erasure', object: 'contact', record_ids: [contact.id] }
  const { body } = await owner.call<PrivacyRequest>('POST', '/privacy/requests', {
    body: { ...asked, reason: 'Asked by mail' },
  })
  const read = async () => (await owner.call<PrivacyRequest>('GET', `/privacy/requests/${body.id}`)).body
  await expect.poll(async () => (await read()).state, { timeout: 15_000 }).toBe('completed')
  const done = await read()
  expect(done).toMatchObject({ problem: null, result: { contacts: 1, lead_contacts: 1 } })
  const after = await everythingKept(app, (text) => admin.query(text))
  expectNoTrace(after, [...marks, '977776543', '97777 6543'])
  expect(after).toContain('wants tea')
  expect(after).toContain('linked lead')
})
