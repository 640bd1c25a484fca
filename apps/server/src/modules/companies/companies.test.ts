import type { Company, Problem, SearchHit } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { domainsOf } from './domains.ts'

let app: TestApp
let owner: Caller
let other: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  other = await app.register()
})
afterAll(() => app?.stop())

type List = { items: Company[] }

async function aCompany(fields: Record<string, unknown> = {}, caller = owner): Promise<Company> {
  const { status, body, text } = await caller.call<Company>('POST', '/crm/companies', {
    body: { name: 'Acme', ...fields },
  })
  expect(status, text).toBe(201)
  return body
}

const patch = <Body = Company>({ id }: { id: string }, body: unknown) =>
  owner.call<Body>('PATCH', `/crm/companies/${id}`, { body })

test('a company is answered alike when it is made, read, listed and changed', async () => {
  const company = await aCompany({
    domain: 'https://www.Acme.com/about?x=1',
    annual_revenue: 1_234_567.89,
    employees: 42,
    phone: '(11) 91234-5678',
    country: 'BR',
  })
  expect(company).toMatchObject({
    domain: 'acme.com',
    annual_revenue: 1_234_567.89,
    employees: 42,
    phone: '+5511912345678',
    owner_id: owner.session.user.id,
    parent_id: null,
    version: 1,
  })
  const read = await owner.call<Company>('GET', `/crm/companies/${company.id}`)
  const listed = await owner.call<List>('GET', '/crm/companies?limit=1')
  expect(read.body).toEqual(company)
  expect(listed.body.items[0]).toEqual(company)
  const changed = await patch(company, { employees: 43, version: 1 })
  expect(changed.body).toMatchObject({ employees: 43, version: 2 })
})

test('a domain that is none, an amount beyond its currency and an unknown field are refused by name', async () => {
  const paths = async (body: unknown) =>
    (await owner.call<Problem>('POST', '/crm/companies', { body })).body.errors?.map(({ path }) => path)
  expect(await paths({ name: 'A', domain: 'not a domain' })).toEqual(['domain'])
  expect(await paths({ name: 'A', annual_revenue: 1.005, currency: 'EUR' })).toEqual(['annual_revenue'])
  expect(await paths({ name: ' ' })).toEqual(['name'])
})

test('a parent is another company of the organization that is not in the trash', async () => {
  const foreign = await aCompany({}, other)
  const trashed = await aCompany()
  await owner.call('DELETE', `/crm/companies/${trashed.id}`)
  for (const parent_id of [foreign.id, trashed.id, '0197d5f0-0000-7000-8000-000000000000']) {
    const { status, body } = await owner.call<Problem>('POST', '/crm/companies', {
      body: { name: 'Child', parent_id },
    })
    expect(status).toBe(422)
    expect(body.errors?.map(({ path, code }) => [path, code])).toEqual([['parent_id', 'unknown_record']])
  }
})

test('a group of companies never closes a circle, not even when two changes would close it together', async () => {
  const top = await aCompany({ name: 'Top' })
  const middle = await aCompany({ name: 'Middle', parent_id: top.id })
  const bottom = await aCompany({ name: 'Bottom', parent_id: middle.id })
  for (const parent_id of [top.id, bottom.id]) {
    const { status, body } = await patch<Problem>(top, { parent_id })
    expect(status).toBe(422)
    expect(body.errors?.[0]).toMatchObject({ path: 'parent_id', code: 'circle' })
  }
  for (let round = 0; round < 5; round += 1) {
    const [one, two] = [await aCompany(), await aCompany()]
    const answers = await Promise.all([patch(one, { parent_id: two.id }), patch(two, { parent_id: one.id })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422])
  }
})

test('include=parent tells what the parent is called; a trashed parent is as none until it is restored', async () => {
  const parent = await aCompany({ name: 'Holding' })
  const child = await aCompany({ name: 'Subsidiary', parent_id: parent.id })
  const get = async () =>
    (await owner.call<Company>('GET', `/crm/companies/${child.id}?include=parent`)).body.parent
  const subsidiaries = () => {
    const filter = JSON.stringify({ field: 'parent_id', op: 'eq', value: parent.id })
    return owner.call<List>('GET', `/crm/companies?include=parent&filter=${encodeURIComponent(filter)}`)
  }
  expect(await get()).toEqual({ id: parent.id, name: 'Holding' })
  expect((await subsidiaries()).body.items).toMatchObject([
    { id: child.id, parent: { id: parent.id, name: 'Holding' } },
  ])
  await owner.call('DELETE', `/crm/companies/${parent.id}`)
  expect(await get()).toBeNull()
  await owner.call('POST', `/crm/companies/${parent.id}/restore`)
  expect(await get()).toEqual({ id: parent.id, name: 'Holding' })
  const unknown = await owner.call<Problem>('GET', '/crm/companies?include=parent,children')
  expect(unknown.status).toBe(422)
  expect(unknown.body.errors?.[0]).toMatchObject({ path: 'include', code: 'unknown_relation' })
})

test('a company is found by its name, its domain, its address and its number however it is typed', async () => {
  const { id } = await aCompany({
    name: 'Quasar Metais',
    domain: 'quasar.example',
    email: 'vendas@quasar-metais.example',
    phone: '(21) 98765-4321',
    country: 'BR',
  })
  for (const q of [
    'quasar met',
    'quasar.example',
    'vendas@quasar-metais',
    '21 98765 4321',
    '+55 21 98765-4321',
  ]) {
    const found = await owner.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${encodeURIComponent(q)}`)
    expect(
      found.body.items.map((hit) => [hit.object, hit.id]),
      q,
    ).toContainEqual(['company', id])
    const listed = await owner.call<List>('GET', `/crm/companies?q=${encodeURIComponent(q)}`)
    expect(
      listed.body.items.map((item) => item.id),
      q,
    ).toEqual([id])
  }
})

test('addresses that anybody can have belong to no domain; others to theirs and those above it', () => {
  expect(domainsOf('ana@gmail.com')).toEqual([])
  expect(domainsOf('ana@uol.com.br')).toEqual([])
  expect(domainsOf('ana@mail.acme.com')).toEqual(['mail.acme.com', 'acme.com'])
})
