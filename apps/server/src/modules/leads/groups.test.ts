/** Leads counted by the values of a field: from the roll-up, and counted anew under a filter. */
import type { Groups, Lead, Pipeline } from '@rapport/contracts'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { rebuildTotals } from '../records/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

type Body = Record<string, unknown>
type Refusal = { errors: { path: string; code: string }[] }

async function aLead(caller: Caller, body: Body = {}): Promise<Lead> {
  const made = await caller.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', ...body } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
async function groupsOf(caller: Caller, group_by: string, query = ''): Promise<Groups> {
  const answer = await caller.call<Groups>('GET', `/crm/leads/groups?group_by=${group_by}${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const filterBy = (condition: object) => `&filter=${encodeURIComponent(JSON.stringify(condition))}`
/** Every lead has a name: under this filter all of them are counted anew. */
const anew = filterBy({ field: 'full_name', op: 'is_not_empty' })
const firstPipeline = async (caller: Caller) =>
  (await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')).body.items[0] as Pipeline

const pairs = ({ items }: Groups) => items.map(({ value, count }) => [value, count])
const settled = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 50 })

describe('groups', () => {
  test('of a select stand in the order of its options, with count and sums by currency', async () => {
    const owner = await app.register()
    await aLead(owner, { status: 'lost', estimated_value: 10.25, currency: 'EUR' })
    await aLead(owner, { status: 'working', estimated_value: 1, currency: 'EUR' })
    await aLead(owner, { status: 'working', estimated_value: 2.5, currency: 'EUR' })
    await aLead(owner, { status: 'working', estimated_value: 7, currency: 'BRL' })
    await aLead(owner, { status: 'new' })
    const field = 'estimated_value'
    const expected: Groups = {
      items: [
        { value: 'new', name: null, count: 1, sums: [] },
        {
          value: 'working',
          name: null,
          count: 3,
          sums: [
            { field, currency: 'BRL', value: 7 },
            { field, currency: 'EUR', value: 3.5 },
          ],
        },
        { value: 'lost', name: null, count: 1, sums: [{ field, currency: 'EUR', value: 10.25 }] },
      ],
      others: null,
      total: 5,
    }
    expect(await groupsOf(owner, 'status', anew)).toEqual(expected)
    await settled(async () => expect(await groupsOf(owner, 'status')).toEqual(expected))
  })

  test('of a text stand by their count, those without a value last', async () => {
    const owner = await app.register()
    for (const source of ['Fair', 'Web', 'Web', null, null, null]) await aLead(owner, { source })
    const expected = [
      ['Web', 2],
      ['Fair', 1],
      [null, 3],
    ]
    expect(pairs(await groupsOf(owner, 'source', anew))).toEqual(expected)
    await settled(async () => expect(pairs(await groupsOf(owner, 'source'))).toEqual(expected))
  })

  test('of stages and owners are told by name, stages in the order of the board', async () => {
    const owner = await app.register()
    const { id, name, stages } = await firstPipeline(owner)
    for (const at of [2, 0, 2])
      await aLead(owner, { stage_id: stages[at]?.id, owner_id: at === 0 ? null : owner.session.user.id })
    const named = ({ items }: Groups) => items.map((group) => [group.name, group.count])
    for (const query of ['', anew])
      await settled(async () => {
        expect(named(await groupsOf(owner, 'stage_id', query))).toEqual([
          [stages[0]?.name, 1],
          [stages[2]?.name, 2],
        ])
        expect(named(await groupsOf(owner, 'pipeline_id', query))).toEqual([[name, 3]])
        expect(named(await groupsOf(owner, 'owner_id', query))).toEqual([
          [owner.session.user.full_name, 2],
          [null, 1],
        ])
        expect((await groupsOf(owner, 'pipeline_id', query)).items[0]?.value).toBe(id)
      })
  })

  test('of a time are months, the newest first, where the caller is', async () => {
    const owner = await app.register()
    const { id } = await aLead(owner)
    await app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), ({ tx }) =>
      tx
        .updateTable('leads')
        .set({ created_at: new Date('2026-02-01T01:30:00Z') })
        .where('id', '=', id)
        .execute(),
    )
    await aLead(owner)
    const now = new Date().toISOString().slice(0, 7)
    expect(pairs(await groupsOf(owner, 'created_at'))).toEqual([
      [now, 1],
      ['2026-02', 1],
    ])
    await owner.call('PUT', '/users/me', { body: { time_zone: 'America/Sao_Paulo' } })
    await settled(async () =>
      expect(pairs(await groupsOf(owner, 'created_at')).at(-1)).toEqual(['2026-01', 1]),
    )
  })

  test('beyond two hundred are told together, and none is left out of the total', async () => {
    const owner = await app.register()
    const values = Array.from({ length: 205 }, (_, index) => `Source ${String(index).padStart(3, '0')}`)
    await Promise.all(
      [...values, 'Source 204', null].map((source) =>
        aLead(owner, { source, estimated_value: 1, currency: 'EUR' }),
      ),
    )
    for (const query of [anew, ''])
      await settled(async () => {
        const groups = await groupsOf(owner, 'source', query)
        expect(groups.items).toHaveLength(200)
        expect(groups.items[0]).toMatchObject({ value: 'Source 204', count: 2 })
        expect(groups.items.at(-1)).toMatchObject({ value: null, count: 1 })
        expect(groups.others).toEqual({
          groups: 6,
          count: 6,
          sums: [{ field: 'estimated_value', currency: 'EUR', value: 6 }],
        })
        expect(groups.total).toBe(207)
      })
  })

  test('follow the filter and the search', async () => {
    const owner = await app.register()
    await aLead(owner, { full_name: 'Ada Lovelace', country: 'England', source: 'Web' })
    await aLead(owner, { full_name: 'Ada Yonath', country: 'Israel', source: 'Web' })
    await aLead(owner, { full_name: 'Alan Turing', country: 'England', source: 'Fair' })
    const inEngland = filterBy({ field: 'country', op: 'eq', value: 'England' })
    expect(pairs(await groupsOf(owner, 'source', inEngland))).toEqual([
      ['Fair', 1],
      ['Web', 1],
    ])
    expect(pairs(await groupsOf(owner, 'source', '&q=ada'))).toEqual([['Web', 2]])
    expect(pairs(await groupsOf(owner, 'source', `&q=ada${inEngland}`))).toEqual([['Web', 1]])
    expect((await groupsOf(owner, 'source', '&q=zzz')).total).toBe(0)
  })

  test('of what cannot be grouped by are refused', async () => {
    const owner = await app.register()
    for (const field of ['email', 'id', 'estimated_value', 'shoe_size', 'constructor']) {
      const answer = await owner.call<Refusal>('GET', `/crm/leads/groups?group_by=${field}`)
      expect(answer, field).toMatchObject({ status: 422, body: { errors: [{ path: 'group_by' }] } })
    }
    const wrong = await owner.call<Refusal>('GET', '/crm/leads/groups?group_by=status&filter=%7B')
    expect(wrong.body.errors).toMatchObject([{ path: 'filter' }])
  })
})

describe('groups tell no more than the caller may see', () => {
  test('of the records of others nothing', async () => {
    const owner = await app.register()
    const own = await app.join(owner, 'lead_generator')
    const stranger = await app.register()
    await aLead(owner, { source: 'Web' })
    await aLead(own, { source: 'Fair' })
    await settled(async () => expect((await groupsOf(owner, 'source')).total).toBe(2))
    expect(pairs(await groupsOf(own, 'source'))).toEqual([['Fair', 1]])
    expect((await groupsOf(stranger, 'source')).total).toBe(0)
  })

  test('by a hidden field nothing, and of a hidden value no sum', async () => {
    const owner = await app.register()
    await aLead(owner, { source: 'Web', estimated_value: 5, currency: 'EUR' })
    await settled(async () => expect((await groupsOf(owner, 'source')).items[0]?.sums).toHaveLength(1))
    const reader = await joinWith(app, owner, {
      field_rules: { lead: { estimated_value: 'hidden', country: 'hidden' } },
    })
    for (const query of ['', anew])
      expect((await groupsOf(reader, 'source', query)).items).toEqual([
        { value: 'Web', name: null, count: 1, sums: [] },
      ])
    expect((await reader.call('GET', '/crm/leads/groups?group_by=country')).status).toBe(422)
  })

  test('of what is found by a hidden field nothing', async () => {
    const owner = await app.register()
    await aLead(owner, { source: 'Web', email: 'zoe@example.com' })
    const reader = await joinWith(app, owner, { field_rules: { lead: { email: 'hidden' } } })
    expect((await groupsOf(owner, 'source', '&q=zoe')).total).toBe(1)
    expect((await groupsOf(reader, 'source', '&q=zoe')).total).toBe(0)
  })
})

describe('the roll-up', () => {
  const fields = ['industry', 'country', 'source', 'status', 'pipeline_id', 'stage_id', 'owner_id']
  const changes = fc.record(
    {
      source: fc.constantFrom('Web', 'Fair', null),
      country: fc.constantFrom('Brazil', 'France', null),
      industry: fc.constantFrom('Mining', null),
      status: fc.constantFrom('new', 'working', 'lost'),
      estimated_value: fc.option(fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100)),
      currency: fc.constantFrom('EUR', 'USD'),
    },
    { requiredKeys: [] },
  )
  const step = fc.record({
    act: fc.constantFrom(
      'create',
      'create',
      'update',
      'update',
      'move',
      'assign',
      'delete',
      'restore',
      'erase',
    ),
    which: fc.nat(1000),
    stage: fc.nat(5),
    body: changes,
  })

  test('is what a count finds after any changes, and so it is when it is made anew', async () => {
    const owner = await app.register()
    const { id: pipeline_id, stages } = await firstPipeline(owner)
    const steps = fc.sample(fc.array(step, { minLength: 120, maxLength: 120 }), 1).flat()
    const ids: string[] = []
    for (const { act, which, stage, body } of steps) {
      const id = ids[which % Math.max(ids.length, 1)] ?? ''
      const path = `/crm/leads/${id}`
      const stage_id = stages[stage % stages.length]?.id
      if (act === 'create' || id === '') ids.push((await aLead(owner, { ...body, pipeline_id, stage_id })).id)
      else if (act === 'update') await owner.call('PATCH', path, { body })
      else if (act === 'assign') await owner.call('PUT', `${path}/assign`, { body: { owner_id: null } })
      else if (act === 'delete') await owner.call('DELETE', path)
      else if (act === 'restore') await owner.call('POST', `${path}/restore`)
      else if (act === 'move') {
        const { body: lead } = await owner.call<Lead>('GET', path)
        await owner.call('PATCH', `${path}/stage`, { body: { stage_id, version: lead.version } })
      } else await erase(owner, id)
    }
    await removeStage(owner, pipeline_id, stages)
    const compare = async () => {
      for (const field of fields)
        expect(await groupsOf(owner, field), field).toEqual(await groupsOf(owner, field, anew))
    }
    await settled(compare)
    expect((await groupsOf(owner, 'status')).total).toBeGreaterThan(5)
    const system = systemActor(owner.session.organization.id)
    const kept = () =>
      app.app.platform.tenancy.inTenant(system, ({ tx }) =>
        tx
          .selectFrom('record_totals')
          .selectAll()
          .orderBy('object')
          .orderBy('field')
          .orderBy('value')
          .orderBy('currency')
          .execute(),
      )
    const before = await kept()
    await app.app.platform.tenancy.inTenant(system, ({ tx }) => rebuildTotals(tx, system.organization_id))
    expect(await kept()).toEqual(before)
  }, 60_000)

  test('comes to know what a record had that was erased before it was counted', async () => {
    const owner = await app.register()
    const organization_id = owner.session.organization.id
    const values = {
      source: 'Web',
      industry: 'Mining',
      country: 'France',
      estimated_value: 5,
      currency: 'USD',
    }
    await aLead(owner, values)
    await settled(async () => expect((await groupsOf(owner, 'source')).total).toBe(1))
    const holding = new Client({ connectionString: app.adminUrl })
    await holding.connect()
    await holding.query('BEGIN')
    await holding.query(
      `SELECT 1 FROM event_positions WHERE subscriber = 'records.totals' AND organization_id = $1 FOR UPDATE`,
      [organization_id],
    )
    const { id } = await aLead(owner, { ...values, email: 'ada@example.com' })
    await owner.call('PATCH', `/crm/leads/${id}`, {
      body: { source: 'Fair', industry: null, country: 'Brazil' },
    })
    await erase(owner, id)
    expect((await groupsOf(owner, 'source')).total).toBe(1)
    await holding.end()
    await settled(async () => expect((await groupsOf(owner, 'source')).total).toBe(2))
    for (const field of fields)
      expect(await groupsOf(owner, field), field).toEqual(await groupsOf(owner, field, anew))
  })

  /** Of those in the trash, and those without a trace, there is nobody to erase. */
  async function erase(owner: Caller, id: string): Promise<void> {
    const asked = { kind: 'person_erasure', object: 'lead', record_ids: [id], reason: 'Asked' }
    const made = await owner.call<{ id: string }>('POST', '/privacy/requests', { body: asked })
    if (made.status !== 202) return
    const read = () => owner.call<{ state: string }>('GET', `/privacy/requests/${made.body.id}`)
    await settled(async () => expect((await read()).body.state).toBe('completed'))
  }

  /** All records of a stage go to another one at once, those in the trash, too. */
  async function removeStage(owner: Caller, pipeline_id: string, stages: Pipeline['stages']): Promise<void> {
    const [from, to] = stages
    const answer = await owner.call(
      'DELETE',
      `/crm/pipelines/${pipeline_id}/stages/${from?.id}?move_to=${to?.id}`,
    )
    expect(answer.status, answer.text).toBe(204)
  }
})
