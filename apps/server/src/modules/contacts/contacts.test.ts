import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity, Company, Contact, Problem, RapportEvent, SearchHit } from '@rapport/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { followRelatedNames } from '../records/index.ts'
import { contacts } from './definition.ts'

let app: TestApp
let owner: Caller
let generator: Caller
let acme: Company

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  generator = await app.join(owner, 'lead_generator')
  acme = await aCompany({ name: 'Acme Instruments', domain: 'acme.example' })
})
afterAll(() => app?.stop())

type List = { items: Contact[] }

async function make<Body>(path: string, body: unknown, caller: Caller): Promise<Body> {
  const made = await caller.call<Body>('POST', path, { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const aCompany = (fields: Record<string, unknown>, caller = owner) =>
  make<Company>('/crm/companies', fields, caller)
const aContact = (fields: Record<string, unknown> = {}, caller = owner) =>
  make<Contact>('/crm/contacts', { full_name: 'Maria Silva', ...fields }, caller)
const patch = <Body = Contact>({ id }: { id: string }, body: unknown) =>
  owner.call<Body>('PATCH', `/crm/contacts/${id}`, { body })
const list = <Body = List>(query: Record<string, string>, caller = owner) =>
  caller.call<Body>('GET', `/crm/contacts?${new URLSearchParams(query).toString()}`)

describe('addresses and numbers', () => {
  test('are kept once each, numbers in E.164 as of the country of the contact', async () => {
    const contact = await aContact({
      country: 'FR',
      email: 'maria@one.example',
      emails: ['Maria@Two.example', 'maria@two.example', 'maria@one.example'],
      phone: '06 28 23 04 55',
      phones: ['+33 6 28 23 04 55', '01 42 68 53 00', '+33142685300', 'ask Ana'],
    })
    expect(contact).toMatchObject({
      emails: ['maria@two.example'],
      phone: '+33628230455',
      phones: ['+33142685300', 'ask Ana'],
    })
    const read = await owner.call<Contact>('GET', `/crm/contacts/${contact.id}`)
    expect(read.body).toEqual(contact)
    const promoted = await patch(contact, { email: 'maria@two.example' })
    expect(promoted.body).toMatchObject({ email: 'maria@two.example', emails: [], version: 2 })
  })

  test('change only when they differ, and tell before and after', async () => {
    const contact = await aContact({ emails: ['a@x.example', 'b@x.example'] })
    const same = await patch(contact, { emails: ['a@x.example', 'b@x.example'], version: 1 })
    expect(same.body.version).toBe(1)
    await patch(contact, { emails: ['b@x.example'], version: 1 })
    const { body } = await owner.call<{ items: Activity[] }>('GET', `/crm/contacts/${contact.id}/timeline`)
    expect(body.items[0]?.data['changes']).toEqual({
      emails: [['a@x.example', 'b@x.example'], ['b@x.example']],
    })
  })

  test('that are none are refused by their place', async () => {
    const { status, body } = await owner.call<Problem>('POST', '/crm/contacts', {
      body: { full_name: 'A', emails: ['a@x.example', 'nobody'], phones: [''] },
    })
    expect(status).toBe(422)
    expect(body.errors?.map(({ path }) => path)).toEqual(['emails.1', 'phones.0'])
  })

  test('that clash with what somebody else wrote are named; lists that are the same do not clash', async () => {
    const contact = await aContact({ emails: ['a@x.example'] })
    await patch(contact, { emails: ['b@x.example'], version: 1 })
    const clash = await patch<Problem>(contact, { emails: ['c@x.example'], version: 1 })
    expect(clash.status).toBe(409)
    expect(clash.body.conflicts).toEqual(['emails'])
    const same = await patch<Problem>(contact, { emails: ['b@x.example'], version: 1 })
    expect(same.body.conflicts).toEqual([])
  })

  test('all find the contact, however a number is typed', async () => {
    const { id } = await aContact({
      full_name: 'Jocasta Numbers',
      country: 'BR',
      emails: ['jocasta.second@numbers.example'],
      phones: ['(31) 98888-7777'],
      position: 'Oceanographer',
    })
    const queries = ['jocasta num', 'oceanog', 'jocasta.second@', '31 98888 7777', '+55 (31) 98888-7777']
    for (const q of queries) {
      const found = await owner.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${encodeURIComponent(q)}`)
      expect(
        found.body.items.map((hit) => [hit.object, hit.id]),
        q,
      ).toContainEqual(['contact', id])
      expect(
        (await list({ q })).body.items.map((item) => item.id),
        q,
      ).toEqual([id])
    }
  })
})

describe('the company of a contact', () => {
  test('is that of the domain of the e-mail address, told as part of the record', async () => {
    const contact = await aContact({ email: 'ana@sales.acme.example' })
    expect(contact.company_id).toBe(acme.id)
    const free = await aContact({ email: 'ana@gmail.com' })
    expect(free.company_id).toBeNull()
    const later = await aContact()
    const { body } = await patch(later, { email: 'eva@acme.example' })
    expect(body.company_id).toBe(acme.id)
    const timeline = await owner.call<{ items: Activity[] }>('GET', `/crm/contacts/${later.id}/timeline`)
    expect(timeline.body.items[0]?.data['changes']).toMatchObject({ company_id: [null, acme.id] })
  })

  test('is not forced upon who has another one, or was taken out of it', async () => {
    const beta = await aCompany({ name: 'Beta' })
    const elsewhere = await aContact({ email: 'ivo@acme.example', company_id: beta.id })
    expect(elsewhere.company_id).toBe(beta.id)
    const left = await aContact({ email: 'leo@acme.example' })
    await patch(left, { company_id: null })
    const { body } = await patch(left, { email: 'leo.k@acme.example' })
    expect(body.company_id).toBeNull()
  })

  test('is never one that the caller may not read, neither by domain nor by id nor in what is told', async () => {
    const contact = await aContact({ email: 'gil@acme.example' }, generator)
    expect(contact.company_id).toBeNull()
    const given = await generator.call<Problem>('POST', '/crm/contacts', {
      body: { full_name: 'Gil', company_id: acme.id },
    })
    expect(given.status).toBe(422)
    expect(given.body.errors?.[0]).toMatchObject({ path: 'company_id', code: 'unknown_record' })
    await patch(contact, { company_id: acme.id })
    const read = await generator.call<Contact>('GET', `/crm/contacts/${contact.id}?include=company`)
    expect(read.body.company).toBeNull()
    const filter = JSON.stringify({ field: 'company.name', op: 'contains', value: 'Acme' })
    expect((await list({ filter }, generator)).body.items).toEqual([])
    expect((await list({ q: 'instruments' }, generator)).body.items).toEqual([])
    const hits = await generator.call<{ items: SearchHit[] }>('GET', '/crm/search?q=instruments')
    expect(hits.body.items).toEqual([])
  })

  test('comes with include=company in lists and single records, and is null in the trash', async () => {
    const gone = await aCompany({ name: 'Gone', domain: 'gone.example' })
    const contact = await aContact({ email: 'zoe@gone.example' })
    const single = () => owner.call<Contact>('GET', `/crm/contacts/${contact.id}?include=company`)
    expect((await single()).body.company).toEqual({ id: gone.id, name: 'Gone' })
    const listed = await list({ include: 'company', fields: 'full_name', limit: '1' })
    expect(listed.body.items[0]).toEqual({
      id: contact.id,
      version: 1,
      full_name: 'Maria Silva',
      company: { id: gone.id, name: 'Gone' },
    })
    await owner.call('DELETE', `/crm/companies/${gone.id}`)
    expect((await single()).body).toMatchObject({ company: null, company_id: gone.id })
    await owner.call('POST', `/crm/companies/${gone.id}/restore`)
    expect((await single()).body.company).toEqual({ id: gone.id, name: 'Gone' })
  })

  test('can be filtered by, one hop away, with every operator of the field', async () => {
    const [north, south] = [
      await aCompany({ name: 'North', city: 'Oslo' }),
      await aCompany({ name: 'South' }),
    ]
    const one = await aContact({ full_name: 'One Hop', company_id: north.id })
    const two = await aContact({ full_name: 'One Hop', company_id: south.id })
    const none = await aContact({ full_name: 'One Hop' })
    const found = async (field: string, op: string, value?: unknown) => {
      const both = [
        { field: 'full_name', op: 'eq', value: 'One Hop' },
        { field, op, value },
      ]
      const { status, body, text } = await list({ filter: JSON.stringify({ and: both }), sort: 'id' })
      expect(status, text).toBe(200)
      return body.items.map(({ id }) => id)
    }
    expect(await found('company.name', 'eq', 'North')).toEqual([one.id])
    expect(await found('company.name', 'ne', 'North')).toEqual([two.id, none.id])
    expect(await found('company.name', 'in', ['North', 'South'])).toEqual([one.id, two.id])
    expect(await found('company.name', 'contains', 'OUT')).toEqual([two.id])
    expect(await found('company.name', 'starts_with', 'No')).toEqual([one.id])
    expect(await found('company.city', 'is_empty')).toEqual([two.id, none.id])
    expect(await found('company.city', 'is_not_empty')).toEqual([one.id])
    for (const field of ['company.secret', 'firm.name', 'company.', 'company.parent.name']) {
      const filter = JSON.stringify({ field, op: 'eq', value: 'x' })
      const { status, body } = await list<Problem>({ filter })
      expect([status, body.errors?.[0]?.path], field).toEqual([422, 'filter.field'])
    }
  })

  test('finds its people by its name, also by the one it is given later', async () => {
    const company = await aCompany({ name: 'Formerly' })
    const { id } = await aContact({ company_id: company.id })
    expect((await list({ q: 'formerly' })).body.items.map((item) => item.id)).toEqual([id])
    await owner.call('PATCH', `/crm/companies/${company.id}`, { body: { name: 'Henceforth' } })
    await expect.poll(async () => (await list({ q: 'henceforth' })).body.items.length).toBe(1)
    expect((await list({ q: 'formerly' })).body.items).toEqual([])
  })
  test('may be renamed while somebody changes its people', async () => {
    const company = await aCompany({ name: 'Erstwhile' })
    const contact = await aContact({ company_id: company.id })
    const renamed = {
      type: 'company.updated',
      record: { object: 'company', id: company.id },
      data: { changes: { name: ['Erstwhile', 'Hereafter'] } },
    } as unknown as RapportEvent
    const { tenancy } = app.app.platform
    const changed = await tenancy.inTenant(systemActor(owner.session.organization.id), async (ctx) => {
      await sql`UPDATE companies SET name = 'Hereafter' WHERE id = ${company.id}::uuid`.execute(ctx.tx)
      await followRelatedNames(contacts).handle(ctx, [renamed])
      const change = patch(contact, { position: 'Chief of Chiefs' })
      await sleep(300)
      return { change }
    })
    const answer = await changed.change
    expect(answer.status, answer.text).toBe(200)
    for (const q of ['hereafter', 'chiefs'])
      expect((await list({ q })).body.items.map(({ id }) => id)).toEqual([contact.id])
    expect((await list({ q: 'erstwhile' })).body.items).toEqual([])
  })
})
