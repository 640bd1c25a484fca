import type { LeadBoard, Lead, Pipeline, Problem, Stage } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { rebuildTotals } from '../records/index.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

const listed = async (caller = owner) =>
  (await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')).body.items
const first = async (caller = owner) => (await listed(caller))[0] as Pipeline
const board = async (id: string, query = '', caller = owner) =>
  (await caller.call<LeadBoard>('GET', `/crm/pipelines/${id}/board${query}`)).body
const stageNamed = (pipeline: Pipeline, name: string) =>
  pipeline.stages.find((one) => one.name === name) as Stage

async function aPipeline(name: string, stages = ['One', 'Two', 'Three']): Promise<Pipeline> {
  const body = { name, stages: stages.map((stage) => ({ name: stage })) }
  return (await owner.call<Pipeline>('POST', '/crm/pipelines', { body })).body
}
async function aLead(fields: Record<string, unknown>, caller = owner): Promise<Lead> {
  const answer = await caller.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Card', ...fields } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const move = <Body = Lead>(id: string, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/leads/${id}/stage`, { body })

describe('a new organization', () => {
  test('has one default pipeline with the usual stages', async () => {
    const pipelines = await listed()
    expect(pipelines).toHaveLength(1)
    expect(pipelines[0]?.is_default).toBe(true)
    expect(pipelines[0]?.stages.map((stage) => [stage.name, stage.type, stage.position])).toEqual([
      ['New', 'open', 0],
      ['Contacted', 'open', 1],
      ['Qualified', 'open', 2],
      ['Proposal', 'open', 3],
      ['Won', 'won', 4],
      ['Lost', 'lost', 5],
    ])
  })
})

describe('a pipeline', () => {
  test('is the only default of its object, whichever was made so last', async () => {
    const before = await first()
    const { body } = await owner.call<Pipeline>('POST', '/crm/pipelines', {
      body: { name: 'B', is_default: true },
    })
    expect((await listed()).filter((one) => one.is_default).map((one) => one.id)).toEqual([body.id])
    const again = await owner.call<Pipeline>('PATCH', `/crm/pipelines/${before.id}`, {
      body: { is_default: true, version: before.version },
    })
    expect(again.body.is_default).toBe(true)
    expect((await listed()).filter((one) => one.is_default)).toHaveLength(1)
    const stale = await owner.call<Problem>('PATCH', `/crm/pipelines/${before.id}`, {
      body: { name: 'Late', version: before.version },
    })
    expect([stale.status, stale.body.code]).toEqual([409, 'version_conflict'])
    await owner.call('DELETE', `/crm/pipelines/${body.id}`)
  })

  test('cannot go while it is the last one, or while it holds records that nobody takes', async () => {
    const stranger = await app.register()
    const only = await first(stranger)
    const last = await stranger.call<Problem>('DELETE', `/crm/pipelines/${only.id}`)
    expect([last.status, last.body.code]).toEqual([409, 'last_pipeline'])

    const [target, doomed] = [await first(), await aPipeline('Doomed')]
    const lead = await aLead({ stage_id: doomed.stages[1]?.id })
    const full = await owner.call<Problem>('DELETE', `/crm/pipelines/${doomed.id}`)
    expect([full.status, full.body.code]).toEqual([409, 'pipeline_has_records'])
    const gone = await owner.call('DELETE', `/crm/pipelines/${doomed.id}?move_to=${target.stages[0]?.id}`)
    expect(gone.status, gone.text).toBe(204)
    const moved = (await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)).body
    expect(moved).toMatchObject({ pipeline_id: target.id, stage_id: target.stages[0]?.id, version: 2 })
  })
})

describe('a stage', () => {
  test('is added and moved to a place, and positions stay without a gap', async () => {
    const pipeline = await aPipeline('Places')
    const path = `/crm/pipelines/${pipeline.id}/stages`
    const added = await owner.call<Stage>('POST', path, { body: { name: 'Zero', position: 0, type: 'won' } })
    expect(added.body).toMatchObject({ position: 0, probability: 100, version: 1 })
    const changed = await owner.call<Stage>('PATCH', `${path}/${added.body.id}`, {
      body: { position: 2, name: 'Second', version: 1 },
    })
    expect(changed.body).toMatchObject({ position: 2, version: 2 })
    const { body } = await owner.call<Pipeline>('GET', `/crm/pipelines/${pipeline.id}`)
    expect(body.stages.map((stage) => [stage.name, stage.position])).toEqual([
      ['One', 0],
      ['Two', 1],
      ['Second', 2],
      ['Three', 3],
    ])
    const stale = await owner.call<Problem>('PATCH', `${path}/${added.body.id}`, {
      body: { name: 'X', version: 1 },
    })
    expect(stale.status).toBe(409)
  })

  test('that holds records goes only when another takes them; the last one never', async () => {
    const pipeline = await aPipeline('Going', ['Here', 'There'])
    const [here, there] = pipeline.stages as [Stage, Stage]
    const live = await aLead({ stage_id: here.id })
    const trashed = await aLead({ stage_id: here.id })
    await owner.call('DELETE', `/crm/leads/${trashed.id}`)
    const path = `/crm/pipelines/${pipeline.id}/stages`
    const full = await owner.call<Problem>('DELETE', `${path}/${here.id}`)
    expect(full.body).toMatchObject({
      code: 'stage_has_records',
      detail: expect.stringContaining('2 records'),
    })
    const itself = await owner.call<Problem>('DELETE', `${path}/${here.id}?move_to=${here.id}`)
    expect(itself.status).toBe(422)
    expect((await owner.call('DELETE', `${path}/${here.id}?move_to=${there.id}`)).status).toBe(204)
    for (const lead of [live, trashed])
      expect((await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)).body.stage_id).toBe(there.id)
    const last = await owner.call<Problem>('DELETE', `${path}/${there.id}`)
    expect(last.body.code).toBe('last_stage')
  })
})

describe('the board', () => {
  test('puts new cards on top and moved ones where they were dropped', async () => {
    const pipeline = await aPipeline('Order')
    const [one, two] = pipeline.stages as [Stage, Stage]
    const cards = []
    for (const full_name of ['a', 'b', 'c', 'd']) cards.push(await aLead({ full_name, stage_id: one.id }))
    const [a, b, c, d] = cards as [Lead, Lead, Lead, Lead]
    const names = async (at = 0) =>
      (await board(pipeline.id)).columns[at]?.items.map((card) => card.full_name).join('')
    expect(await names()).toBe('dcba')
    await move(d.id, { stage_id: one.id, version: 1, after_id: b.id })
    expect(await names()).toBe('cbda')
    await move(a.id, { stage_id: one.id, version: 1, before_id: c.id })
    expect(await names()).toBe('acbd')
    await move(a.id, { stage_id: one.id, version: 2, position: 2 })
    expect(await names()).toBe('cbad')
    await move(c.id, { stage_id: one.id, version: 1, position: 99 })
    expect(await names()).toBe('badc')
    await move(b.id, { stage_id: two.id, version: 1 })
    await move(d.id, { stage_id: two.id, version: 2, position: 0 })
    expect([await names(), await names(1)]).toEqual(['ac', 'db'])
    await move(c.id, { stage_id: two.id, version: 2, position: 1 })
    expect(await names(1)).toBe('dcb')
  })

  test('counts and sums each column, from the roll-up and counted anew alike', async () => {
    const other = await app.register()
    const pipeline = await first(other)
    const won = stageNamed(pipeline, 'Won')
    const proposal = stageNamed(pipeline, 'Proposal')
    await aLead({ stage_id: won.id, estimated_value: 100.25, currency: 'EUR' }, other)
    const second = await aLead({ stage_id: proposal.id, estimated_value: 200, currency: 'EUR' }, other)
    const third = await aLead({ stage_id: proposal.id, estimated_value: 50, currency: 'BRL' }, other)
    const gone = await aLead({ stage_id: proposal.id, estimated_value: 999, currency: 'EUR' }, other)
    await other.call('PATCH', `/crm/leads/${third.id}`, { body: { estimated_value: 60 } })
    await other.call('PATCH', `/crm/leads/${second.id}/stage`, { body: { stage_id: won.id, version: 1 } })
    await other.call('DELETE', `/crm/leads/${gone.id}`)
    await other.call('POST', `/crm/leads/${gone.id}/restore`)
    await other.call('DELETE', `/crm/leads/${gone.id}`)
    const totals = async (query = '') =>
      (await board(pipeline.id, query, other)).columns.map(({ stage, count, values }) => ({
        stage: stage.name,
        count,
        values,
      }))
    const expected = expect.arrayContaining([
      { stage: 'Won', count: 2, values: [{ currency: 'EUR', value: 300.25, weighted: 300.25 }] },
      { stage: 'Proposal', count: 1, values: [{ currency: 'BRL', value: 60, weighted: 45 }] },
      { stage: 'New', count: 0, values: [] },
    ])
    const everything = `?filter=${encodeURIComponent('{"and":[{"field":"full_name","op":"is_not_empty"}]}')}`
    expect(await totals(everything)).toEqual(expected)
    await vi.waitFor(async () => expect(await totals()).toEqual(expected), { timeout: 5000 })
    const actor = systemActor(other.session.organization.id)
    await app.app.platform.tenancy.inTenant(actor, ({ tx }) => rebuildTotals(tx, actor.organization_id))
    expect(await totals()).toEqual(expected)
  })

  test('pages through a column and visits each card once', async () => {
    const pipeline = await aPipeline('Long')
    const stage = pipeline.stages[0] as Stage
    for (let index = 0; index < 7; index += 1) await aLead({ full_name: `Card ${index}`, stage_id: stage.id })
    const seen: string[] = []
    let column = (await board(pipeline.id, '?limit=3')).columns[0]
    for (;;) {
      seen.push(...(column?.items.map((card) => card.full_name) ?? []))
      if (!column?.next_cursor) break
      const page = await board(pipeline.id, `?limit=3&stage_id=${stage.id}&cursor=${column.next_cursor}`)
      expect(page.columns).toHaveLength(1)
      column = page.columns[0]
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Card ${index}`))
  })

  test('shows only cards that match the filter and the search', async () => {
    const pipeline = await aPipeline('Found')
    const stage_id = pipeline.stages[0]?.id
    await aLead({ full_name: 'João Pereira', city: 'Recife', stage_id })
    await aLead({ full_name: 'João Costa', city: 'Natal', stage_id })
    await aLead({ full_name: 'Ana Costa', city: 'Recife', stage_id })
    const filter = encodeURIComponent('{"field":"city","op":"eq","value":"Recife"}')
    const found = await board(pipeline.id, `?q=joao&filter=${filter}`)
    expect(found.columns[0]).toMatchObject({ count: 1, items: [{ full_name: 'João Pereira' }] })
    const wrong = await owner.call<Problem>('GET', `/crm/pipelines/${pipeline.id}/board?filter=%7B`)
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([422, 'filter'])
  })
})
