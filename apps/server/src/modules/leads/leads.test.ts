import type { Activity, Lead, Pipeline, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let sales: Caller
let pipeline: Pipeline

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  sales = await app.join(owner, 'sales')
  const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  pipeline = body.items[0] as Pipeline
})
afterAll(() => app?.stop())

type List = { items: Lead[]; next_cursor: string | null; total?: number }

async function aLead(fields: Record<string, unknown> = {}, caller = owner): Promise<Lead> {
  const { status, body, text } = await caller.call<Lead>('POST', '/crm/leads', {
    body: { full_name: 'Maria Silva', ...fields },
  })
  expect(status, text).toBe(201)
  return body
}

const patch = <Body = Lead>(lead: { id: string }, body: unknown, headers?: Record<string, string>) =>
  owner.call<Body>('PATCH', `/crm/leads/${lead.id}`, { body, ...(headers ? { headers } : {}) })
const timeline = async (id: string) =>
  (await owner.call<{ items: Activity[] }>('GET', `/crm/leads/${id}/timeline`)).body.items
const stage = (name: string) => pipeline.stages.find((one) => one.name === name)?.id ?? ''
const move = <Body = Lead>(lead: Lead, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/leads/${lead.id}/stage`, { body: { version: lead.version, ...body } })

describe('a lead', () => {
  test('is answered alike when it is made, read, listed and changed', async () => {
    const lead = await aLead({
      email: 'Maria@Acme.com ',
      estimated_value: 1234.56,
      currency: 'EUR',
      score: 70,
      custom: { tier: 'gold', seats: 12 },
    })
    expect(lead).toMatchObject({
      email: 'maria@acme.com',
      estimated_value: 1234.56,
      status: 'new',
      version: 1,
      owner_id: owner.session.user.id,
      stage_id: stage('New'),
      can: { update: true, delete: true },
    })
    const read = await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)
    const listed = await owner.call<List>('GET', '/crm/leads?limit=1')
    expect(read.body).toEqual(lead)
    expect(listed.body.items[0]).toEqual(lead)
    const same = await patch(lead, { full_name: lead.full_name })
    expect(same.body).toEqual(lead)
  })

  test('keeps telephone numbers in E.164, read as of its country, and as typed when they are none', async () => {
    const lead = await aLead({ phone: '06 28 23 04 55', country: 'FR', mobile: 'ask Ana' })
    expect(lead).toMatchObject({ phone: '+33628230455', mobile: 'ask Ana' })
    const { body } = await patch(lead, { mobile: '+55 11 91234-5678' })
    expect(body.mobile).toBe('+5511912345678')
  })

  test('refuses an amount that its currency cannot hold, also when only one of the two changes', async () => {
    const refused = await owner.call<Problem>('POST', '/crm/leads', {
      body: { full_name: 'A', estimated_value: 10.5, currency: 'JPY' },
    })
    expect(refused.status).toBe(422)
    const lead = await aLead({ estimated_value: 10.5, currency: 'EUR' })
    const changed = await patch<Problem>(lead, { currency: 'JPY' })
    expect(changed.status).toBe(422)
    expect(changed.body.errors?.[0]?.path).toBe('estimated_value')
  })

  test('can belong only to an active member', async () => {
    const stranger = await app.register()
    const refused = await owner.call<Problem>('POST', '/crm/leads', {
      body: { full_name: 'A', owner_id: stranger.session.user.id },
    })
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'owner_id'])
    const lead = await aLead()
    const assigned = await owner.call<Lead>('PUT', `/crm/leads/${lead.id}/assign`, {
      body: { owner_id: sales.session.user.id },
    })
    expect(assigned.body.owner_id).toBe(sales.session.user.id)
    const freed = await owner.call<Lead>('PUT', `/crm/leads/${lead.id}/assign`, { body: { owner_id: null } })
    expect(freed.body.owner_id).toBeNull()
  })

  test('merges custom values key by key; a null takes one away', async () => {
    const lead = await aLead({ custom: { a: 'one', b: 2 } })
    const { body } = await patch(lead, { custom: { b: null, c: true } })
    expect(body.custom).toEqual({ a: 'one', c: true })
    expect((await timeline(lead.id))[0]?.data).toMatchObject({
      changes: { 'custom.b': [2, null], 'custom.c': [null, true] },
    })
  })
})

describe('a change', () => {
  test('on an old version is refused with the current record and the fields that both changed', async () => {
    const lead = await aLead({ city: 'Recife' })
    await patch(lead, { city: 'Olinda', industry: 'Health', version: 1 })
    const stale = await patch<Problem>(lead, { city: 'Natal', source: 'fair', version: 1 })
    expect(stale.status).toBe(409)
    expect(stale.body).toMatchObject({
      code: 'version_conflict',
      conflicts: ['city'],
      current: { city: 'Olinda', version: 2 },
    })
    const byHeader = await patch<Problem>(lead, { city: 'Natal' }, { 'if-match': '"1"' })
    expect(byHeader.status).toBe(409)
    const unread = (await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)).body
    expect(unread).toMatchObject({ city: 'Olinda', source: null })
  })

  test('without a version is the last write, and wins', async () => {
    const lead = await aLead()
    await patch(lead, { city: 'Olinda' })
    const { status, body } = await patch(lead, { city: 'Natal' })
    expect([status, body.city, body.version]).toEqual([200, 'Natal', 3])
  })

  test('that changes nothing writes nothing', async () => {
    const lead = await aLead({ city: 'Recife', phone: '+55 81 3333-4444' })
    const { body } = await patch(lead, { city: 'Recife', phone: '+558133334444', version: 1 })
    expect(body.version).toBe(1)
    expect(await timeline(lead.id)).toHaveLength(1)
  })

  test('is a fact on the timeline with what was and what is', async () => {
    const lead = await aLead({ estimated_value: 100 })
    await patch(lead, { estimated_value: 250.5, full_name: 'Maria Souza' })
    const [latest, first] = await timeline(lead.id)
    expect(first?.type).toBe('created')
    expect(latest).toMatchObject({
      type: 'updated',
      actor: { id: owner.session.user.id },
      data: {
        version: 2,
        changes: { estimated_value: [100, 250.5], full_name: ['Maria Silva', 'Maria Souza'] },
      },
    })
  })
})

describe('the trash', () => {
  test('keeps a deleted lead readable and listed apart, closed to changes, until it is restored', async () => {
    const lead = await aLead({ full_name: 'Trashed Person' })
    const path = `/crm/leads/${lead.id}`
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect((await owner.call<Lead>('GET', path)).body.deleted_at).not.toBeNull()
    const live = await owner.call<List>('GET', '/crm/leads?q=trashed')
    const trash = await owner.call<List>('GET', '/crm/leads?trashed=true')
    expect(live.body.items).toEqual([])
    expect(trash.body.items[0]?.id).toBe(lead.id)
    const found = await owner.call<List>('GET', '/crm/leads?trashed=true&q=PERSON%20tra')
    expect(found.body.items.map((one) => one.id)).toEqual([lead.id])
    const other = await owner.call<List>('GET', '/crm/leads?trashed=true&q=somebody')
    expect(other.body.items).toEqual([])
    expect((await patch<Problem>(lead, { city: 'X' })).body.code).toBe('lead_in_trash')
    expect((await move<Problem>({ ...lead, version: 2 }, { stage_id: stage('Won') })).body.code).toBe(
      'lead_in_trash',
    )
    const restored = await owner.call<Lead>('POST', `${path}/restore`)
    expect(restored.body).toMatchObject({ deleted_at: null, version: 3 })
    expect((await owner.call<List>('GET', '/crm/leads?q=trashed')).body.items).toHaveLength(1)
    expect((await timeline(lead.id)).map((one) => one.type)).toEqual(['restored', 'deleted', 'created'])
  })

  test('takes only their own leads from those whose role says so', async () => {
    const lead = await aLead()
    const refused = await sales.call<Problem>('DELETE', `/crm/leads/${lead.id}`)
    expect([refused.status, refused.body.code]).toEqual([403, 'not_yours'])
    const own = await aLead({}, sales)
    expect(own.can).toEqual({ update: true, delete: true })
    expect((await sales.call('DELETE', `/crm/leads/${own.id}`)).status).toBe(204)
    const seen = await sales.call<Lead>('GET', `/crm/leads/${lead.id}`)
    expect(seen.body.can).toEqual({ update: true, delete: false })
  })
})

describe('a stage move', () => {
  test('checks the version, tells where from and where to, and keeps the status in step', async () => {
    const lead = await aLead()
    expect((await move<Problem>({ ...lead, version: 9 }, { stage_id: stage('Won') })).status).toBe(409)
    const lost = (await move(lead, { stage_id: stage('Lost') })).body
    expect(lost).toMatchObject({ status: 'lost', stage_id: stage('Lost'), version: 2 })
    const back = (await move(lost, { stage_id: stage('Contacted') })).body
    expect(back.status).toBe('working')
    const won = (await move(back, { stage_id: stage('Won') })).body
    expect(won.status).toBe('qualified')
    const [latest] = await timeline(lead.id)
    expect(latest).toMatchObject({
      type: 'stage_changed',
      data: {
        from: { name: 'Contacted' },
        to: { name: 'Won' },
        changes: { stage_id: [stage('Contacted'), stage('Won')] },
      },
    })
    expect(latest?.data['seconds_in_stage']).toBeTypeOf('number')
  })

  test('refuses a stage that is not there and a neighbour that is not in it', async () => {
    const lead = await aLead()
    const unknown = await move<Problem>(lead, { stage_id: lead.id })
    expect([unknown.status, unknown.body.errors?.[0]?.path]).toEqual([422, 'stage_id'])
    const beside = await move<Problem>(lead, { stage_id: stage('Won'), before_id: lead.id })
    expect([beside.status, beside.body.errors?.[0]?.path]).toEqual([422, 'before_id'])
  })

  test('to where the lead is already, without a place, changes nothing', async () => {
    const lead = await aLead()
    expect((await move(lead, { stage_id: lead.stage_id })).body).toEqual(lead)
  })
})

test('an activity that a person logs is on the timeline at its time', async () => {
  const lead = await aLead()
  const logged = await owner.call<Activity>('POST', `/crm/leads/${lead.id}/activities`, {
    body: { type: 'call', body: 'Spoke with her.', occurred_at: '2020-01-01T10:00:00Z' },
  })
  expect(logged.status).toBe(201)
  expect(logged.body).toMatchObject({
    type: 'call',
    occurred_at: '2020-01-01T10:00:00.000Z',
    record: { id: lead.id },
  })
  const items = await timeline(lead.id)
  expect(items.map((one) => one.type)).toEqual(['created', 'call'])
  expect(items[1]).toEqual(logged.body)
})

test('the timeline pages through every fact exactly once', async () => {
  const lead = await aLead()
  for (let index = 0; index < 6; index += 1)
    await owner.call('POST', `/crm/leads/${lead.id}/activities`, {
      body: { type: 'note', body: `Note ${index}` },
    })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/crm/leads/${lead.id}/activities?limit=3${cursor ? `&cursor=${cursor}` : ''}`
    const { body } = await owner.call<{ items: Activity[]; next_cursor: string | null }>('GET', path)
    seen.push(...body.items.map((one) => one.body ?? one.type))
    cursor = body.next_cursor
  }
  expect(seen).toEqual(['Note 5', 'Note 4', 'Note 3', 'Note 2', 'Note 1', 'Note 0', 'created'])
})
