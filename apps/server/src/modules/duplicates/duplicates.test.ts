/** Records that are probably the same are proposed to whoever may read both, and stay apart when people say so. */
import type { Company, Contact, Duplicate, DuplicateOf, DuplicatesOfRecord } from '@rapport/contracts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { createTestApp, type Answer, type Caller, type TestApp } from '../../testing/app.ts'
import { scanFor } from '../../testing/duplicate-examples.ts'
import { joinWith } from '../../testing/members.ts'
import { startJob } from '../bulk/index.ts'
import { runScan } from './scan.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  owner = await app.register()
})
afterAll(() => app?.stop())

const grace = {
  full_name: 'Grace Hopper',
  email: 'grace@navy.example',
  phone: '+442079460001',
  city: 'Arlington',
}

async function aContact(more: object = {}, by = owner): Promise<Contact> {
  const answer = await by.call<Contact>('POST', '/crm/contacts', { body: { ...grace, ...more } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const listed = async (by: Caller, state = 'open') =>
  (await by.call<{ items: Duplicate[] }>('GET', `/crm/duplicates?object=contact&state=${state}`)).body.items

test('two that are the same are found with reasons, and told on the page of each', async () => {
  const [one, other] = [await aContact(), await aContact({ full_name: 'Grace Hoper', city: null })]
  await aContact({ full_name: 'Alan Turing', email: 'alan@bletchley.example', phone: '+442079460002' })
  const [pair, ...more] = await scanFor(owner, 'contact')
  expect(more).toEqual([])
  expect(pair?.ids.toSorted()).toEqual([one.id, other.id].toSorted())
  expect(
    pair?.reasons
      .slice(0, 3)
      .map(({ field }) => field)
      .toSorted(),
  ).toEqual(['email', 'full_name', 'phone'])
  const { body } = await owner.call<DuplicatesOfRecord>('GET', `/crm/contacts/${one.id}/duplicates`)
  expect(body.items).toMatchObject([{ id: other.id, name: 'Grace Hoper', duplicate_id: pair?.id }])
})

test('what people said is no duplicate is not proposed again, until they take that back', async () => {
  await aContact()
  await aContact({ full_name: 'Grace B. Hopper' })
  const [pair] = await scanFor(owner, 'contact')
  await owner.call('POST', `/crm/duplicates/${pair?.id}/dismiss`)
  expect(await scanFor(owner, 'contact')).toEqual([])
  expect(await listed(owner, 'dismissed')).toMatchObject([{ id: pair?.id, state: 'dismissed' }])
  const reopened = await owner.call<Duplicate>('POST', `/crm/duplicates/${pair?.id}/reopen`)
  expect(reopened.body.state).toBe('open')
  expect(await listed(owner)).toMatchObject([{ id: pair?.id }])
})

test('a pair of which one is changed to somebody else goes with the next scan', async () => {
  const [one] = [await aContact(), await aContact({ full_name: 'Grace Hoper' })]
  expect(await scanFor(owner, 'contact')).toHaveLength(1)
  const body = { full_name: 'Alan Turing', email: 'alan@other.example', phone: '+4930901820', city: 'Berlin' }
  await owner.call('PATCH', `/crm/contacts/${one.id}`, { body })
  expect(await scanFor(owner, 'contact')).toEqual([])
})

test('a pair is told only to who may read both records, and without reasons of hidden fields', async () => {
  const [one] = [await aContact(), await aContact({ full_name: 'Grace Hoper' })]
  const [pair] = await scanFor(owner, 'contact')
  const caller = await joinWith(app, owner, {
    grants: { 'contacts:read': 'own', 'contacts:update': 'own' },
  })
  await owner.call('PUT', `/crm/contacts/${one.id}/assign`, { body: { owner_id: caller.session.user.id } })
  expect((await caller.call('POST', `/crm/duplicates/${pair?.id}/dismiss`)).status).toBe(404)
  const reader = await joinWith(app, owner, {
    grants: { 'contacts:read': 'all' },
    field_rules: { contact: { phone: 'hidden' } },
  })
  const [seen] = await listed(reader)
  expect(seen?.id).toBe(pair?.id)
  expect(seen?.reasons.map(({ field }) => field)).not.toContain('phone')
})

test('a scan whose asker has left ends and says so', async () => {
  const { user, organization } = owner.session
  const { tenancy } = app.app.platform
  const asked = { organization_id: organization.id, user_id: user.id, job_id: randomUUID() }
  const actor = ownerActor({
    user_id: user.id,
    name: user.full_name,
    organization_id: organization.id,
    grants: {},
  })
  await tenancy.inTenant(actor, (ctx) =>
    startJob(ctx, { id: asked.job_id, kind: 'scan', object: 'contact', action: 'scan', total: 2 }),
  )
  await runScan({ tenancy, actorOf: async () => null }, asked, new AbortController().signal)
  const { body } = await owner.call('GET', `/jobs/${asked.job_id}`)
  expect(body).toMatchObject({ state: 'failed', problem: 'Whoever asked for it is no longer a member.' })
})

test('an organization never hears of the duplicates of another one', async () => {
  await aContact()
  await aContact()
  const [pair] = await scanFor(owner, 'contact')
  const stranger = await app.register()
  expect(await listed(stranger)).toEqual([])
  expect((await stranger.call('POST', `/crm/duplicates/${pair?.id}/dismiss`)).status).toBe(404)
})

test('whoever types somebody who is there already is told so, as far as they may know', async () => {
  const known = await aContact()
  await aContact({ full_name: 'Alan Turing', email: 'alan@bletchley.example', phone: '+442079460002' })
  const ask = async (values: object, by = owner) =>
    (await by.call<{ items: DuplicateOf[] }>('POST', '/crm/contacts/duplicates', { body: { values } })).body
      .items
  expect(await ask({ full_name: 'Somebody', email: grace.email })).toMatchObject([
    { id: known.id, name: known.full_name, reasons: [{ field: 'email', agreement: 'same' }, {}] },
  ])
  expect((await ask({ full_name: 'Grace Hopper' })).map(({ id }) => id)).toEqual([known.id])
  expect((await ask({ full_name: 'Gr', phone: '+44 20 7946 0001' })).map(({ id }) => id)).toEqual([known.id])
  expect(await ask({ full_name: 'Nobody Known', email: 'nobody@else.example' })).toEqual([])
  const own = await joinWith(app, owner, { grants: { 'contacts:read': 'own' } })
  expect(await ask({ full_name: 'Grace Hopper', email: grace.email }, own)).toEqual([])
})

test('whoever types them with a title, a middle name or a legal form is told so, too', async () => {
  const known = await aContact({ email: null, phone: null })
  await aContact({ full_name: 'Grace', email: null, phone: null, city: null })
  const firm = await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Hopper Naval' } })
  const told = async (path: string, values: object) => {
    const { body } = await owner.call<{ items: DuplicateOf[] }>('POST', `/crm/${path}/duplicates`, {
      body: { values },
    })
    return body.items.map(({ id }) => id)
  }
  for (const full_name of ['Dr. Grace Hopper', 'Grace Brewster Hopper', 'Dra Grace B. Hopper'])
    expect(await told('contacts', { full_name }), full_name).toEqual([known.id])
  for (const name of ['Hopper Naval Ltda', 'Hopper Naval S/A', 'Hopper Naval, Inc.'])
    expect(await told('companies', { name }), name).toEqual([firm.body.id])
  for (const full_name of ['Grace Anne Murray', 'Grace Sa'])
    expect(await told('contacts', { full_name }), full_name).toEqual([])

  const short = { name: 'Zephyr Ltda', city: 'Recife' }
  const one = await owner.call<Company>('POST', '/crm/companies', { body: short })
  for (const name of ['Zephyr', 'zephyr ltda', 'Zephyr S.A.'])
    expect(await told('companies', { name }), name).toEqual(name === 'Zephyr S.A.' ? [] : [one.body.id])
  expect(await told('companies', { name: 'Zephyr', city: 'Oslo' })).toEqual([])
})

test('pairs are read a page at a time, each of them once', async () => {
  await aContact()
  await aContact()
  await aContact({ full_name: 'Grace Hoper' })
  const all = await scanFor(owner, 'contact')
  expect(all).toHaveLength(3)
  const read: string[] = []
  type Page = { items: Duplicate[]; next_cursor: string | null }
  let cursor: string | null = ''
  while (cursor !== null) {
    const path: string = `/crm/duplicates?object=contact&limit=1${cursor && `&cursor=${cursor}`}`
    const { status, body, text }: Answer<Page> = await owner.call<Page>('GET', path)
    expect(status, text).toBe(200)
    read.push(...body.items.map(({ id }) => id))
    cursor = body.next_cursor
  }
  expect(read).toEqual(all.map(({ id }) => id))
})
