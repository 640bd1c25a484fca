import type { Activity, Contact, ContactLead, Lead, LinkedContact, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let other: Caller
let viewer: Caller
let generator: Caller
let caller: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  other = await app.register()
  viewer = await app.join(owner, 'viewer')
  generator = await app.join(owner, 'lead_generator')
  caller = await app.join(owner, 'caller')
})
afterAll(() => app?.stop())

async function make<Body>(path: string, body: unknown, by = owner): Promise<Body> {
  const made = await by.call<Body>('POST', path, { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const aLead = (fields: Record<string, unknown> = {}) =>
  make<Lead>('/crm/leads', { full_name: 'Lead', ...fields })
const aContact = (by = owner) => make<Contact>('/crm/contacts', { full_name: 'Ana' }, by)
const link = <Body = LinkedContact>({ id }: Lead, body: unknown, by = owner) =>
  by.call<Body>('POST', `/crm/leads/${id}/contacts`, { body })
const contactsOf = async ({ id }: Lead, by = owner) =>
  (await by.call<{ items: LinkedContact[] }>('GET', `/crm/leads/${id}/contacts`)).body.items
const leadsOf = async ({ id }: { id: string }, by = owner) =>
  (await by.call<{ items: ContactLead[] }>('GET', `/crm/contacts/${id}/leads`)).body.items

test('a contact that is there, or one made on the spot, is linked and shown from both sides', async () => {
  const [lead, ana] = [await aLead(), await aContact()]
  const linked = await link(lead, { contact_id: ana.id, part: 'Decision maker' })
  expect(linked.status).toBe(201)
  expect(linked.body).toMatchObject({ contact: { id: ana.id, company: null }, part: 'Decision maker' })
  const made = await link(lead, { full_name: 'Bea', email: 'bea@x.example' })
  expect(made.body).toMatchObject({ contact: { full_name: 'Bea', email: 'bea@x.example' }, part: null })
  expect((await contactsOf(lead)).map(({ contact, part }) => [contact.full_name, part])).toEqual([
    ['Ana', 'Decision maker'],
    ['Bea', null],
  ])
  expect(await leadsOf(ana)).toMatchObject([{ lead: { id: lead.id }, part: 'Decision maker' }])
})

test('linking again changes the part at most; unlinking leaves both records', async () => {
  const [lead, ana] = [await aLead(), await aContact()]
  await link(lead, { contact_id: ana.id, part: 'User' })
  await link(lead, { contact_id: ana.id })
  expect(await contactsOf(lead)).toMatchObject([{ part: 'User' }])
  const path = `/crm/leads/${lead.id}/contacts/${ana.id}`
  const changed = await owner.call<LinkedContact>('PATCH', path, { body: { part: 'Sponsor' } })
  expect(changed.body.part).toBe('Sponsor')
  expect((await owner.call('DELETE', path)).status).toBe(204)
  expect((await owner.call('DELETE', path)).status).toBe(404)
  expect(await contactsOf(lead)).toEqual([])
  expect((await owner.call('GET', `/crm/contacts/${ana.id}`)).status).toBe(200)
  for (const at of [`/crm/leads/${lead.id}`, `/crm/contacts/${ana.id}`]) {
    const { body } = await owner.call<{ items: Activity[] }>('GET', `${at}/timeline`)
    expect(body.items.map(({ type }) => type)).toEqual(['unlinked', 'linked', 'linked', 'created'])
  }
})

test('the trash hides a side of a link, and restoring shows it again', async () => {
  const [lead, ana] = [await aLead(), await aContact()]
  await link(lead, { contact_id: ana.id })
  await owner.call('DELETE', `/crm/contacts/${ana.id}`)
  expect(await contactsOf(lead)).toEqual([])
  await owner.call('POST', `/crm/contacts/${ana.id}/restore`)
  expect(await contactsOf(lead)).toHaveLength(1)
  await owner.call('DELETE', `/crm/leads/${lead.id}`)
  expect(await leadsOf(ana)).toEqual([])
  await owner.call('POST', `/crm/leads/${lead.id}/restore`)
  expect(await leadsOf(ana)).toHaveLength(1)
})

test('nobody links or sees what is out of reach', async () => {
  const [lead, ana] = [await aLead(), await aContact()]
  const foreign = await aContact(other)
  const unknown = await link<Problem>(lead, { contact_id: foreign.id })
  expect([unknown.status, unknown.body.errors?.[0]?.path]).toEqual([422, 'contact_id'])
  expect((await link(lead, { contact_id: ana.id }, viewer)).status).toBe(403)
  expect((await link(lead, { contact_id: ana.id }, other)).status).toBe(404)
  await link(lead, { contact_id: ana.id })
  expect(await contactsOf(lead, viewer)).toHaveLength(1)
  const own = await aLead({ owner_id: generator.session.user.id })
  await link(own, { contact_id: ana.id })
  expect(await contactsOf(own, generator)).toEqual([])
  expect((await link(own, { contact_id: ana.id }, generator)).status).toBe(422)
  const mine = await aContact(generator)
  await link(own, { contact_id: mine.id })
  await link(lead, { contact_id: mine.id })
  expect((await leadsOf(mine, generator)).map((one) => one.lead.id)).toEqual([own.id])
})

test('whoever may not make contacts can link one, but not make it on the spot, and nothing is kept by halves', async () => {
  const lead = await aLead({ owner_id: caller.session.user.id })
  const refused = await link<Problem>(lead, { full_name: 'Bea' }, caller)
  expect([refused.status, refused.body.code]).toEqual([403, 'not_yours'])
  expect(await contactsOf(lead)).toEqual([])
})

test('either a contact or a name is given, and never fields for a contact that is there', async () => {
  const [lead, ana] = [await aLead(), await aContact()]
  const paths = async (body: unknown) =>
    (await link<Problem>(lead, body)).body.errors?.map(({ path }) => path)
  expect(await paths({})).toEqual(['contact_id'])
  expect(await paths({ contact_id: ana.id, email: 'a@x.example' })).toEqual(['email'])
  expect(await paths({ full_name: 'A', email: 'nobody' })).toEqual(['email'])
})
