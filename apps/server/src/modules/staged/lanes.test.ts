import type { Activity, Board, Lead, LostReasons, Pipeline, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let pipeline: Pipeline

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')
  pipeline = body.items[0] as Pipeline
})
afterAll(() => app?.stop())

const stage = (name: string) => pipeline.stages.find((one) => one.name === name)?.id
const aLead = async (fields: Record<string, unknown> = {}): Promise<Lead> =>
  (await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Card', ...fields } })).body
const move = <Body = Lead>({ id, version }: Lead, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/leads/${id}/stage`, { body: { version, ...body } })
const timelineOf = async ({ id }: Lead) =>
  (await owner.call<{ items: Activity[] }>('GET', `/crm/leads/${id}/timeline`)).body.items
const cardsIn = async (name: string) => {
  const { body } = await owner.call<Board>(
    'GET',
    `/crm/pipelines/${pipeline.id}/board?stage_id=${stage(name)}`,
  )
  return body.columns[0]?.items ?? []
}

describe('a card that goes to another lane', () => {
  test('changes its stage and what the lane stands for in one version, told once', async () => {
    const lead = await aLead({ status: 'new' })
    const { body } = await move(lead, { stage_id: stage('Contacted'), values: { status: 'nurturing' } })
    expect(body).toMatchObject({ stage_id: stage('Contacted'), status: 'nurturing', version: 2 })
    const [told, ...before] = await timelineOf(lead)
    expect(told).toMatchObject({
      type: 'stage_changed',
      data: { to: { name: 'Contacted' }, changes: { status: ['new', 'nurturing'] } },
    })
    expect(before.map(({ type }) => type)).toEqual(['created'])
  })

  test('of its own column changes that field and its place in one version', async () => {
    const [below, above] = [await aLead({ full_name: 'Below' }), await aLead({ full_name: 'Above' })]
    const { body } = await move(above, {
      stage_id: stage('New'),
      after_id: below.id,
      values: { owner_id: null },
    })
    expect(body).toMatchObject({ stage_id: stage('New'), owner_id: null, version: 2 })
    const names = (await cardsIn('New')).map((card) => card.id)
    expect(names.indexOf(above.id)).toBe(names.indexOf(below.id) + 1)
    const [told] = await timelineOf(above)
    expect(told).toMatchObject({ type: 'updated', data: { changes: { owner_id: [above.owner_id, null] } } })
  })

  test('is refused like any change: a value that cannot be changes neither lane nor place', async () => {
    const lead = await aLead()
    const refused = await move<Problem>(lead, { stage_id: stage('New'), values: { status: 'asleep' } })
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'values.status'])
    const stale = await move<Problem>(
      { ...lead, version: 9 },
      { stage_id: stage('New'), values: { score: 3 } },
    )
    expect([stale.status, stale.body.code]).toEqual([409, 'version_conflict'])
    expect((await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)).body).toEqual(lead)
  })

  test('which it is in already changes nothing', async () => {
    const lead = await aLead()
    const { body } = await move(lead, { stage_id: stage('New'), values: { owner_id: lead.owner_id } })
    expect(body.version).toBe(1)
  })
})

describe('a card', () => {
  test('tells the open follow-up that is due first, and nothing when none is planned', async () => {
    const [planned, free] = [await aLead(), await aLead()]
    for (const [number, day] of [
      [1, '03'],
      [2, '02'],
    ] as const)
      await owner.call('POST', `/crm/leads/${planned.id}/follow-ups`, {
        body: { due_at: `2030-01-${day}T12:00:00Z`, channel: 'call', number },
      })
    const cards = new Map((await cardsIn('New')).map((card) => [card.id, card.next_follow_up]))
    expect(cards.get(planned.id)).toMatchObject({
      number: 2,
      channel: 'call',
      due_at: '2030-01-02T12:00:00.000Z',
    })
    expect(cards.get(free.id)).toBeNull()
  })
})

describe('the reason of a loss', () => {
  test('is kept with a lost lead, counted by itself, and goes when the lead is taken up again', async () => {
    const lead = await aLead()
    const { body: lost } = await move(lead, { stage_id: stage('Lost'), values: { lost_reason: 'Price' } })
    expect(lost).toMatchObject({ status: 'lost', lost_reason: 'Price' })
    const groups = await owner.call<{ items: unknown[] }>('GET', '/crm/leads/groups?group_by=lost_reason')
    expect(groups.body.items).toContainEqual(expect.objectContaining({ value: 'Price', count: 1 }))
    const filter = encodeURIComponent(JSON.stringify({ field: 'lost_reason', op: 'eq', value: 'Price' }))
    const found = await owner.call<{ items: Lead[] }>('GET', `/crm/leads?filter=${filter}`)
    expect(found.body.items.map(({ id }) => id)).toEqual([lead.id])
    const { body: again } = await move(lost, { stage_id: stage('New') })
    expect(again).toMatchObject({ status: 'working', lost_reason: null })
  })

  test('is offered as the organization wants it: the usual ones until it sets its own', async () => {
    const read = async (caller: Caller) => (await caller.call<LostReasons>('GET', '/crm/lost-reasons')).body
    expect((await read(owner)).reasons).toContain('Price')
    const reasons = ['Moved away', 'Price']
    const set = await owner.call('PUT', '/crm/lost-reasons', { body: { reasons: [...reasons, 'Price'] } })
    expect([set.status, set.body]).toEqual([200, { reasons }])
    expect(await read(owner)).toEqual({ reasons })
    expect((await read(await app.register())).reasons).not.toContain('Moved away')
  })
})
