import type {
  Activity,
  Company,
  Deal,
  DealBoard,
  DealTotals,
  Pipeline,
  Problem,
  Stage,
} from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { rebuildTotals } from '../records/index.ts'

let app: TestApp
let owner: Caller
let pipeline: Pipeline

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  pipeline = await defaultPipeline(owner)
})
afterAll(() => app?.stop())

async function defaultPipeline(caller: Caller): Promise<Pipeline> {
  const { body } = await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=deal')
  return body.items[0] as Pipeline
}
const stageNamed = (name: string, of = pipeline) => of.stages.find((stage) => stage.name === name) as Stage
async function aDeal(fields: Record<string, unknown> = {}, caller = owner): Promise<Deal> {
  const answer = await caller.call<Deal>('POST', '/crm/deals', { body: { name: 'Deal', ...fields } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const move = <Body = Deal>(deal: Deal, stage: string, more: Record<string, unknown> = {}) =>
  owner.call<Body>('PATCH', `/crm/deals/${deal.id}/stage`, {
    body: { stage_id: stageNamed(stage).id, version: deal.version, ...more },
  })
const read = async (id: string, caller = owner) => (await caller.call<Deal>('GET', `/crm/deals/${id}`)).body

describe('a new organization', () => {
  test('has a pipeline for deals beside the one for leads', async () => {
    expect(pipeline).toMatchObject({ object: 'deal', is_default: true, name: 'Deals' })
    expect(pipeline.stages.map(({ name, type, probability }) => [name, type, probability])).toEqual([
      ['Qualification', 'open', 10],
      ['Proposal', 'open', 40],
      ['Negotiation', 'open', 70],
      ['Won', 'won', 100],
      ['Lost', 'lost', 0],
    ])
  })
})

describe('a deal', () => {
  test('begins in the first stage of its pipeline, open, in the currency of the organization', async () => {
    const deal = await aDeal({ value: 1200.5, expected_close: '2027-01-31' })
    expect(deal).toMatchObject({
      status: 'open',
      stage_id: stageNamed('Qualification').id,
      pipeline_id: pipeline.id,
      value: 1200.5,
      currency: 'USD',
      expected_close: '2027-01-31',
      closed_at: null,
      probability: null,
      owner_id: owner.session.user.id,
    })
    expect(await read(deal.id)).toEqual(deal)
  })

  test('made in a closing stage is won or lost from the start, at the time that is given', async () => {
    const won = await aDeal({ stage_id: stageNamed('Won').id, closed_at: '2026-03-04T10:00:00+02:00' })
    expect(won).toMatchObject({ status: 'won', closed_at: '2026-03-04T08:00:00.000Z' })
    const lost = await aDeal({ stage_id: stageNamed('Lost').id })
    expect(lost.status).toBe('lost')
    expect(Date.parse(lost.closed_at ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  test('cannot be made in a stage of leads, nor said to be closed while it is open', async () => {
    const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')
    const refuse = async (fields: object) => {
      const answer = await owner.call<Problem>('POST', '/crm/deals', { body: { name: 'Deal', ...fields } })
      return [answer.status, answer.body.errors?.[0]?.path, answer.body.errors?.[0]?.code]
    }
    expect(await refuse({ stage_id: body.items[0]?.stages[0]?.id })).toEqual([
      422,
      'stage_id',
      'unknown_stage',
    ])
    expect(await refuse({ closed_at: '2026-03-04T10:00:00Z' })).toEqual([422, 'closed_at', 'not_closed'])
    expect(await refuse({ currency: 'JPY', value: 1.5 })).toEqual([422, 'value', 'custom'])
  })

  test('that is won gets the time of it, loses it when it is reopened, and keeps both on its timeline', async () => {
    const deal = await aDeal({ value: 10 })
    const won = (await move(deal, 'Won')).body
    expect(won).toMatchObject({ status: 'won', version: 2 })
    expect(won.closed_at).not.toBeNull()
    const reopened = (await move(won, 'Negotiation')).body
    expect(reopened).toMatchObject({ status: 'open', closed_at: null })
    const { body } = await owner.call<{ items: Activity[] }>('GET', `/crm/deals/${deal.id}/timeline`)
    expect(body.items.map(({ type }) => type)).toEqual(['stage_changed', 'stage_changed', 'created'])
    expect(body.items[0]?.data).toMatchObject({
      from: { name: 'Won' },
      to: { name: 'Negotiation' },
      changes: { status: ['won', 'open'], closed_at: [won.closed_at, null] },
    })
  })

  test('that is lost says why with its move; another time of closing can be given later', async () => {
    const deal = await aDeal()
    const lost = (await move(deal, 'Lost', { values: { lost_reason: 'Price' } })).body
    expect(lost).toMatchObject({ status: 'lost', lost_reason: 'Price' })
    const { body } = await owner.call<Deal>('PATCH', `/crm/deals/${deal.id}`, {
      body: { closed_at: '2026-02-01T00:00:00Z', version: lost.version },
    })
    expect(body.closed_at).toBe('2026-02-01T00:00:00.000Z')
    const none = await owner.call<Problem>('PATCH', `/crm/deals/${deal.id}`, { body: { closed_at: null } })
    expect(none.body.errors?.[0]).toMatchObject({ path: 'closed_at', code: 'still_closed' })
    expect((await move(body, 'Won')).body).toMatchObject({ status: 'won', lost_reason: null })
  })

  test('moved by two at once moves for one; the other is told how it is now', async () => {
    const deal = await aDeal()
    const answers = await Promise.all([move<Problem>(deal, 'Won'), move<Problem>(deal, 'Lost')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body).toMatchObject({ code: 'version_conflict', conflicts: ['stage_id'] })
  })

  test('is found by its name, its number and the name of its company', async () => {
    const company = await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Zephyr Works' } })
    const deal = await aDeal({ name: 'Turbine', external_id: 'OPP-77', company_id: company.body.id })
    for (const q of ['turbine', 'OPP-77', 'zephyr']) {
      const { body } = await owner.call<{ items: { id: string }[] }>('GET', `/crm/search?q=${q}`)
      expect(
        body.items.map(({ id }) => id),
        q,
      ).toContain(deal.id)
    }
    const filter = JSON.stringify({ field: 'company.name', op: 'eq', value: 'Zephyr Works' })
    const listed = await owner.call<{ items: Deal[] }>(
      'GET',
      `/crm/deals?include=company&filter=${encodeURIComponent(filter)}`,
    )
    expect(listed.body.items.map(({ id, company: to }) => [id, to?.name])).toEqual([
      [deal.id, 'Zephyr Works'],
    ])
  })
})

describe('a stage that asks for fields', () => {
  let asking: Stage
  beforeAll(async () => {
    const answer = await owner.call<Stage>('POST', `/crm/pipelines/${pipeline.id}/stages`, {
      body: {
        name: 'Signed',
        type: 'won',
        required_fields: ['value', 'expected_close', 'custom.contract'],
        rotting_days: 14,
      },
    })
    expect(answer.status, answer.text).toBe(201)
    asking = answer.body
    pipeline = await defaultPipeline(owner)
  })

  test('tells so with its pipeline', () => {
    expect(stageNamed('Signed')).toMatchObject({
      required_fields: ['value', 'expected_close', 'custom.contract'],
      rotting_days: 14,
    })
    expect(stageNamed('Won')).toMatchObject({ required_fields: [], rotting_days: null })
  })

  test('lets nobody in without them, naming each that is missing, and changes nothing', async () => {
    const deal = await aDeal({ value: 5 })
    const refused = await move<Problem>(deal, 'Signed')
    expect([refused.status, refused.body.code]).toEqual([422, 'required_fields'])
    expect(refused.body.errors?.map(({ path }) => path)).toEqual(['expected_close', 'custom.contract'])
    expect(await read(deal.id)).toEqual(deal)
    const made = await owner.call<Problem>('POST', '/crm/deals', {
      body: { name: 'Deal', value: 5, stage_id: asking.id },
    })
    expect([made.status, made.body.code]).toEqual([422, 'required_fields'])
  })

  test('takes them with the move, all at once or not at all', async () => {
    const deal = await aDeal()
    const values = { value: 700, expected_close: '2027-05-01', custom: { contract: 'C-9' } }
    const wrong = await move<Problem>(deal, 'Signed', { values: { ...values, value: -1 } })
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([422, 'values.value'])
    const moved = await move(deal, 'Signed', { values })
    expect(moved.body).toMatchObject({
      stage_id: asking.id,
      status: 'won',
      value: 700,
      expected_close: '2027-05-01',
      custom: { contract: 'C-9' },
      version: 2,
    })
  })

  test('cannot ask for what deals do not have or nobody can fill in', async () => {
    const path = `/crm/pipelines/${pipeline.id}/stages/${asking.id}`
    const refused = await owner.call<Problem>('PATCH', path, {
      body: { required_fields: ['value', 'shoe_size', 'status'], version: asking.version },
    })
    expect(refused.body.errors?.map(({ path: at, code }) => [at, code])).toEqual([
      ['required_fields.1', 'unknown_field'],
      ['required_fields.2', 'unknown_field'],
    ])
    const made = await owner.call<Problem>('POST', '/crm/pipelines', {
      body: { name: 'X', object: 'deal', stages: [{ name: 'A' }, { name: 'B', required_fields: ['email'] }] },
    })
    expect(made.body.errors?.[0]?.path).toBe('stages.1.required_fields.0')
  })

  test('asks for a field that the organization made until that is retired', async () => {
    const field = await owner.call<{ id: string; version: number }>('POST', '/crm/custom-fields', {
      body: { object: 'deal', key: 'signed_by', label: 'Signed by', type: 'text' },
    })
    expect(field.status, field.text).toBe(201)
    const stage = await owner.call<Stage>('POST', `/crm/pipelines/${pipeline.id}/stages`, {
      body: { name: 'Papers', required_fields: ['custom.signed_by'] },
    })
    const enter = (deal: Deal, more = {}) =>
      owner.call<Problem>('PATCH', `/crm/deals/${deal.id}/stage`, {
        body: { stage_id: stage.body.id, version: deal.version, ...more },
      })
    expect((await enter(await aDeal())).body.errors?.map(({ path }) => path)).toEqual(['custom.signed_by'])
    expect((await enter(await aDeal(), { values: { custom: { signed_by: 'Ada' } } })).status).toBe(200)
    const retired = await owner.call('PATCH', `/crm/custom-fields/${field.body.id}`, {
      body: { retired: true, version: field.body.version },
    })
    expect(retired.status, retired.text).toBe(200)
    expect((await enter(await aDeal())).status).toBe(200)
  })

  test('asks nobody when records come to it because their own stage goes', async () => {
    const stage = await owner.call<Stage>('POST', `/crm/pipelines/${pipeline.id}/stages`, {
      body: { name: 'Going' },
    })
    const deal = await aDeal({ stage_id: stage.body.id })
    const path = `/crm/pipelines/${pipeline.id}/stages/${stage.body.id}`
    expect((await owner.call('DELETE', `${path}?move_to=${asking.id}`)).status).toBe(204)
    const moved = await read(deal.id)
    expect(moved).toMatchObject({ stage_id: asking.id, status: 'won', version: 2 })
    expect(moved.closed_at).not.toBeNull()
  })
})

describe('the board of deals', () => {
  let caller: Caller
  let own: Pipeline
  beforeAll(async () => {
    caller = await app.register()
    own = await defaultPipeline(caller)
    const at = (stage: string, fields: object) =>
      aDeal({ stage_id: stageNamed(stage, own).id, ...fields }, caller)
    await at('Proposal', { value: 100 })
    await at('Proposal', { value: 200, probability: 90 })
    await at('Proposal', { value: 50, currency: 'BRL', probability: 0 })
    await at('Negotiation', { value: 1000 })
  })
  const columns = async (query = '') => {
    const { body } = await caller.call<DealBoard>('GET', `/crm/pipelines/${own.id}/board${query}`)
    return Object.fromEntries(body.columns.map(({ stage, count, values }) => [stage.name, { count, values }]))
  }
  const wanted = {
    Proposal: {
      count: 3,
      values: [
        { currency: 'BRL', value: 50, weighted: 0 },
        { currency: 'USD', value: 300, weighted: 220 },
      ],
    },
    Negotiation: { count: 1, values: [{ currency: 'USD', value: 1000, weighted: 700 }] },
  }

  test('weighs each deal by its own probability, and by that of its stage where it has none', async () => {
    await vi.waitFor(async () => expect(await columns()).toMatchObject(wanted))
    // Counted on the spot, for a filter that all of them meet.
    const filter = encodeURIComponent(JSON.stringify({ field: 'status', op: 'eq', value: 'open' }))
    expect(await columns(`?filter=${filter}`)).toMatchObject(wanted)
    const actor = systemActor(caller.session.organization.id)
    await app.app.platform.tenancy.inTenant(actor, ({ tx }) => rebuildTotals(tx, actor.organization_id))
    expect(await columns()).toMatchObject(wanted)
  })

  test('follows a probability that changes', async () => {
    const { body } = await caller.call<{ items: Deal[] }>('GET', '/crm/deals?sort=-value&limit=1')
    const [big] = body.items
    await caller.call('PATCH', `/crm/deals/${big?.id}`, { body: { probability: 50 } })
    const halved = { Negotiation: { count: 1, values: [{ currency: 'USD', value: 1000, weighted: 500 }] } }
    await vi.waitFor(async () => expect(await columns()).toMatchObject(halved))
    await caller.call('PATCH', `/crm/deals/${big?.id}`, { body: { probability: null } })
    await vi.waitFor(async () => expect(await columns()).toMatchObject(wanted))
  })

  test('tells the company of each card when it is asked for', async () => {
    const { body: company } = await caller.call<Company>('POST', '/crm/companies', {
      body: { name: 'On the card' },
    })
    const stage_id = stageNamed('Qualification', own).id
    await aDeal({ stage_id, company_id: company.id }, caller)
    const boardWith = (query: string) =>
      caller.call<DealBoard>('GET', `/crm/pipelines/${own.id}/board?stage_id=${stage_id}${query}`)
    const [told, untold] = [await boardWith('&include=company'), await boardWith('')]
    expect(told.body.columns[0]?.items[0]?.company).toEqual({ id: company.id, name: 'On the card' })
    expect(untold.body.columns[0]?.items[0]?.company).toBeUndefined()
    expect((await boardWith('&include=nobody')).status).toBe(422)
  })

  test('is refused to whoever may read leads only', async () => {
    const grants = { 'leads:read': 'all', 'pipelines:read': 'all' } as const
    const member = await joinWith(app, caller, { grants })
    const refused = await member.call<Problem>('GET', `/crm/pipelines/${own.id}/board`)
    expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
  })
})

describe('the deals of a company', () => {
  test('come to what is open, won and lost of those that the caller may read', async () => {
    const company_id = (await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Summed' } }))
      .body.id
    await aDeal({ company_id, value: 0.1, stage_id: stageNamed('Won').id })
    await aDeal({ company_id, value: 0.2, stage_id: stageNamed('Won').id, owner_id: null })
    await aDeal({ company_id, value: 7, currency: 'EUR' })
    const trashed = await aDeal({ company_id, value: 9 })
    await owner.call('DELETE', `/crm/deals/${trashed.id}`)
    const of = async (caller: Caller) =>
      (await caller.call<DealTotals>('GET', `/crm/companies/${company_id}/deal-totals`)).body
    expect(await of(owner)).toEqual({
      open: { count: 1, values: [{ currency: 'EUR', value: 7 }] },
      won: { count: 2, values: [{ currency: 'USD', value: 0.3 }] },
      lost: { count: 0, values: [] },
    })
    const grants = { 'companies:read': 'all', 'deals:read': 'own', 'pipelines:read': 'all' } as const
    const member = await joinWith(app, owner, { grants })
    expect(await of(member)).toMatchObject({ won: { count: 0 }, open: { count: 0 } })
    const blind = await joinWith(app, owner, { field_rules: { deal: { value: 'hidden' } } })
    expect(await of(blind)).toMatchObject({ won: { count: 2, values: [] } })
  })
})

describe('the contacts of a deal', () => {
  test('are linked, told from both sides and on both timelines, and taken off again', async () => {
    const deal = await aDeal({ name: 'Linked' })
    const made = await owner.call<{ contact: { id: string } }>('POST', `/crm/deals/${deal.id}/contacts`, {
      body: { full_name: 'Ada Buyer', part: 'Decision maker' },
    })
    expect(made.status, made.text).toBe(201)
    const { id } = made.body.contact
    const { body } = await owner.call<{ items: { deal: Deal; part: string }[] }>(
      'GET',
      `/crm/contacts/${id}/deals`,
    )
    expect(body.items.map((item) => [item.deal.id, item.part])).toEqual([[deal.id, 'Decision maker']])
    for (const path of [`deals/${deal.id}`, `contacts/${id}`]) {
      const timeline = await owner.call<{ items: Activity[] }>('GET', `/crm/${path}/timeline`)
      expect(timeline.body.items[0]?.type, path).toBe('linked')
    }
    expect((await owner.call('DELETE', `/crm/deals/${deal.id}/contacts/${id}`)).status).toBe(204)
    const after = await owner.call<{ items: unknown[] }>('GET', `/crm/deals/${deal.id}/contacts`)
    expect(after.body.items).toEqual([])
  })
})
