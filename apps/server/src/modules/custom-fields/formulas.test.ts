import type { CustomField, FormulaCheck, Lead, Pipeline, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())
beforeEach(async () => {
  owner = await app.register()
})

const make = <Body = CustomField>(key: string, fields: Record<string, unknown>) =>
  owner.call<Body>('POST', '/crm/custom-fields', { body: { object: 'lead', key, label: key, ...fields } })
async function aField(key: string, fields: Record<string, unknown>): Promise<CustomField> {
  const answer = await make(key, fields)
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const aFormula = (key: string, formula: string) => aField(key, { type: 'formula', formula })
const change = <Body = CustomField>({ id, version }: CustomField, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/custom-fields/${id}`, { body: { version, ...body } })

async function aLead(fields: Record<string, unknown>): Promise<Lead> {
  const answer = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', ...fields } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const customOf = async ({ id }: Lead) => (await owner.call<Lead>('GET', `/crm/leads/${id}`)).body.custom
const update = <Body = Lead>({ id, version }: Lead, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/leads/${id}`, { body: { version, ...body } })
const names = async (query: Record<string, string>) =>
  (
    await owner.call<{ items: Lead[] }>('GET', `/crm/leads?${new URLSearchParams(query).toString()}`)
  ).body.items.map(({ full_name }) => full_name)
const check = async (body: Record<string, unknown>) =>
  (
    await owner.call<FormulaCheck>('POST', '/crm/custom-fields/check-formula', {
      body: { object: 'lead', ...body },
    })
  ).body

describe('a formula field', () => {
  test('has its value on a new record, after each change of what it reads, and on those that were there before', async () => {
    const before = await aLead({ full_name: 'Before', estimated_value: 100.5 })
    await aField('cost', { type: 'number' })
    const margin = await aFormula('margin', 'estimated_value - custom.cost')
    expect(margin.formula_type).toBe('number')
    expect(await customOf(before)).toEqual({ margin: 100.5 })
    const lead = await aLead({ estimated_value: 1000, custom: { cost: 250 } })
    expect(lead.custom).toEqual({ cost: 250, margin: 750 })
    const dearer = await update(lead, { estimated_value: 2000 })
    expect(dearer.body.custom).toMatchObject({ margin: 1750 })
    const costlier = await update(dearer.body, { custom: { cost: 500 } })
    expect(costlier.body.custom).toMatchObject({ margin: 1500 })
  })

  test('is filtered and sorted by like any other', async () => {
    await aFormula('twice', 'estimated_value * 2')
    for (const [full_name, estimated_value] of [
      ['Low', 1],
      ['High', 30],
      ['Middle', 20],
    ] as const)
      await aLead({ full_name, estimated_value })
    expect(await names({ sort: '-custom.twice' })).toEqual(['High', 'Middle', 'Low'])
    const filter = JSON.stringify({ field: 'custom.twice', op: 'gte', value: 40 })
    expect(await names({ filter, sort: 'custom.twice' })).toEqual(['Middle', 'High'])
  })

  test('of a record in the trash follows its stage unseen, and is back with the record, once', async () => {
    await aFormula('state', "concat('is ', status)")
    const name = 'Two ways'
    const { body: pipeline } = await owner.call<Pipeline>('POST', '/crm/pipelines', {
      body: { object: 'lead', name, stages: [{ name: 'Here' }, { name: 'Won', type: 'won' }] },
    })
    const [here, won] = pipeline.stages.map(({ id }) => id)
    const [live, trashed] = [
      await aLead({ full_name: 'Live', stage_id: here }),
      await aLead({ full_name: 'Trashed', stage_id: here }),
    ]
    await owner.call('DELETE', `/crm/leads/${trashed.id}`)
    const path = `/crm/pipelines/${pipeline.id}/stages/${here}?move_to=${won}`
    expect((await owner.call('DELETE', path)).status).toBe(204)
    const { state } = await customOf(live)
    expect(state).not.toBe(live.custom['state'])
    expect(await customOf(trashed)).toEqual({ state })
    const filter = JSON.stringify({ field: 'custom.state', op: 'eq', value: state })
    const lists = () => Promise.all([names({ sort: 'custom.state' }), names({ filter })])
    expect(await lists()).toEqual([['Live'], ['Live']])
    const restored = await owner.call('POST', `/crm/leads/${trashed.id}/restore`)
    expect(restored.status, restored.text).toBe(200)
    expect(await lists()).toEqual([
      ['Live', 'Trashed'],
      ['Trashed', 'Live'],
    ])
  })

  test('that builds upon another follows it, also when the other is rewritten', async () => {
    const base = await aFormula('base', 'estimated_value')
    await aFormula('label', "concat('#', custom.base)")
    const lead = await aLead({ estimated_value: 7 })
    expect(lead.custom).toEqual({ base: 7, label: '#7' })
    expect((await change(base, { formula: 'estimated_value + 1' })).status).toBe(200)
    expect(await customOf(lead)).toEqual({ base: 8, label: '#8' })
  })

  test('cannot be given', async () => {
    await aFormula('twice', 'estimated_value * 2')
    const lead = await aLead({ estimated_value: 5 })
    const given = await update<Problem>(lead, { custom: { twice: 1 } })
    expect(given.status).toBe(422)
    expect(given.body.errors?.[0]).toMatchObject({ path: 'custom.twice', code: 'read_only' })
  })

  test('follows when the change of what it reads is taken back', async () => {
    await aFormula('twice', 'estimated_value * 2')
    const lead = await aLead({ estimated_value: 5 })
    expect((await update(lead, { estimated_value: 9 })).body.custom).toEqual({ twice: 18 })
    const undone = await owner.call('POST', '/crm/undo', { body: {} })
    expect(undone.status, undone.text).toBe(200)
    expect(await customOf(lead)).toEqual({ twice: 10 })
  })

  test.each([
    ['1 +', 'ends too early'],
    ['custom.nothing + 1', 'there is no field custom.nothing'],
    ['full_name * 2', 'takes a number'],
    ['owner_id', 'cannot be used'],
    ['created_at', 'cannot be used'],
    ['custom.mine', 'itself calculated'],
  ])('%s is refused with its place', async (formula, reason) => {
    const refused = await make<Problem>('mine', { type: 'formula', formula })
    expect(refused.status).toBe(422)
    expect(refused.body.errors?.[0]).toMatchObject({ path: 'formula', code: 'broken_formula' })
    expect(refused.body.errors?.[0]?.message).toMatch(/^at character \d+: /)
    expect(refused.body.errors?.[0]?.message).toContain(reason)
  })

  test('two formulas cannot read each other', async () => {
    const one = await aFormula('one', 'estimated_value')
    await aFormula('two', 'custom.one + 1')
    const refused = await change<Problem>(one, { formula: 'custom.two' })
    expect(refused.status).toBe(422)
    expect(refused.body.errors?.[0]?.message).toContain('itself calculated')
  })

  test('what it reads cannot be retired, deleted or made into what it cannot read', async () => {
    const cost = await aField('cost', { type: 'number' })
    await aFormula('double', 'custom.cost * 2')
    for (const fields of [{ retired: true }, { type: 'text' }])
      expect((await change<Problem>(cost, fields)).body.code).toBe('field_in_use')
    const removed = await owner.call<Problem>('DELETE', `/crm/custom-fields/${cost.id}`)
    expect(removed.body.code).toBe('field_in_use')
    expect((await change(cost, { type: 'money' })).status).toBe(200)
  })

  test('is checked while it is typed: its type and an example, or its fault and where', async () => {
    await aLead({ full_name: 'Grace', estimated_value: 12 })
    expect(await check({ formula: 'round(estimated_value / 5, 1)' })).toEqual({
      fault: null,
      formula_type: 'number',
      needs: ['estimated_value'],
      example: { name: 'Grace', value: 2.4 },
    })
    const { fault } = await check({ formula: '1 + nothing' })
    expect(fault).toMatchObject({ reason: 'unknown_field', name: 'nothing', start: 4, end: 11 })
    expect((await check({ formula: 'custom.me', key: 'me' })).fault?.reason).toBe('circular')
  })
})
