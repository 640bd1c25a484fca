/** Figures of a span beside the one before, what was logged, and what happened: of what the caller may see. */
import { roleGrants, type Figure, type FigureName, type RecentEvent } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aDeal, changeDeal, dealPipelines, moveDeal, stageNamed } from '../../testing/deals.ts'
import { joinWith } from '../../testing/members.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

type Items = { items: Figure[] }
async function figuresOf(caller: Caller, names: FigureName[], more = ''): Promise<Map<string, unknown>> {
  const answer = await caller.call<Items>('GET', `/analytics/figures?names=${names.join()}${more}`)
  expect(answer.status, answer.text).toBe(200)
  return new Map(
    answer.body.items.map(({ name, values }) => [
      name,
      values.map(({ currency, value, before }) => [currency, value, before]),
    ]),
  )
}

/** The middle of this month and a moment early in the one before, in UTC. */
const now = new Date()
const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1, 0, 30)).toISOString()
const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1, 0, 0)).toISOString()

const backdate = (table: 'deals' | 'leads', id: string, created_at: string) =>
  admin.query(`UPDATE ${table} SET created_at = $2 WHERE id = $1`, [id, created_at])

describe('figures', () => {
  test('tell what was won, how often, and how fast, beside as much of the span before', async () => {
    const owner = await app.register()
    const pipelines = await dealPipelines(owner)
    const [won, lost] = ['Won', 'Lost'].map((name) => stageNamed(pipelines, name).id)
    const close = async (
      stage_id: string | undefined,
      value: number,
      closed_at: string,
      days: number,
      currency = 'USD',
    ) => {
      const deal = await aDeal(owner, { value, stage_id, closed_at, currency })
      await backdate('deals', deal.id, new Date(Date.parse(closed_at) - days * 86_400_000).toISOString())
    }
    await close(won, 100.5, thisMonth, 10)
    await close(won, 0.25, thisMonth, 20)
    await close(won, 7, thisMonth, 15, 'EUR')
    await close(lost, 50, thisMonth, 15)
    await close(won, 40, lastMonth, 5)
    const figures = await figuresOf(owner, ['won_value', 'won_deals', 'win_rate', 'days_to_win'])
    expect(figures.get('won_value')).toEqual([
      ['USD', 100.75, 40],
      ['EUR', 7, 0],
    ])
    expect(figures.get('won_deals')).toEqual([[null, 3, 1]])
    expect(figures.get('win_rate')).toEqual([[null, 0.75, 1]])
    expect(figures.get('days_to_win')).toEqual([[null, 15, 5]])
  })

  test('tell the open pipeline now, and as it was when the span began', async () => {
    const owner = await app.register()
    const pipelines = await dealPipelines(owner)
    const old = async (value: number) => {
      const deal = await aDeal(owner, { value, currency: 'USD' })
      await backdate('deals', deal.id, lastMonth)
      return deal
    }
    const [kept, raised, won, deleted] = [await old(1), await old(10), await old(100), await old(1000)]
    await changeDeal(owner, raised, { value: 25 })
    await moveDeal(owner, won, stageNamed(pipelines, 'Won').id)
    await owner.call('DELETE', `/crm/deals/${deleted.id}`)
    await aDeal(owner, { value: 5, currency: 'USD' })
    await changeDeal(owner, kept, { description: 'Nothing that counts.' })
    expect((await figuresOf(owner, ['open_pipeline'])).get('open_pipeline')).toEqual([['USD', 31, 1111]])
  })

  test('are of the member asked for, and of what the caller may read; what a role does not see is left out', async () => {
    const owner = await app.register()
    const mate = await joinWith(app, owner, {
      grants: { ...roleGrants.viewer, 'deals:read': 'own', 'leads:read': 'own' },
    })
    const blind = await joinWith(app, owner, { field_rules: { deal: { value: 'hidden' } } })
    const owner_id = mate.session.user.id
    await aDeal(owner, { value: 3, currency: 'USD', owner_id })
    await aDeal(owner, { value: 4, currency: 'USD', owner_id: owner.session.user.id })
    await owner.call('POST', '/crm/leads', { body: { full_name: 'Ada', owner_id } })
    await owner.call('POST', '/crm/leads', { body: { full_name: 'Ben', owner_id: null } })
    const names: FigureName[] = ['open_pipeline', 'new_leads']
    const told = async (caller: Caller, more = '') => Object.fromEntries(await figuresOf(caller, names, more))
    expect(await told(owner)).toEqual({ open_pipeline: [['USD', 7, 0]], new_leads: [[null, 2, 0]] })
    expect(await told(mate)).toEqual({ open_pipeline: [['USD', 3, 0]], new_leads: [[null, 1, 0]] })
    expect(await told(owner, '&owner_id=me')).toEqual({
      open_pipeline: [['USD', 4, 0]],
      new_leads: [[null, 0, 0]],
    })
    expect(await told(blind)).toEqual({ new_leads: [[null, 2, 0]] })
  })
})

test('what was logged is told day by day, and only of whom the caller may know', async () => {
  const owner = await app.register()
  const mate = await joinWith(app, owner, {
    grants: { ...roleGrants.viewer, 'deals:read': 'own', 'leads:read': 'own', 'contacts:read': 'own' },
  })
  const lead = await owner.call<{ id: string }>('POST', '/crm/leads', { body: { full_name: 'Ada' } })
  const log = (type: string) =>
    owner.call('POST', `/crm/leads/${lead.body.id}/activities`, { body: { type, body: 'Done.' } })
  await log('call')
  await log('call')
  await log('email')
  const days = async (caller: Caller) => {
    const { body } = await caller.call<{ items: { day: string; counts: Record<string, number> }[] }>(
      'GET',
      '/analytics/activity?days=3',
    )
    return body.items.map(({ counts }) => [counts['call'], counts['email']])
  }
  expect(await days(owner)).toEqual([
    [0, 0],
    [0, 0],
    [2, 1],
  ])
  expect((await days(mate)).flat()).toEqual([0, 0, 0, 0, 0, 0])
})

test('what happened is told of records that the caller may read', async () => {
  const owner = await app.register()
  const own = await joinWith(app, owner, {
    grants: { ...roleGrants.viewer, 'deals:read': 'own', 'leads:read': 'own' },
  })
  const pipelines = await dealPipelines(owner)
  const lead = await owner.call<{ id: string }>('POST', '/crm/leads', { body: { full_name: 'Ada' } })
  const deal = await aDeal(owner, { name: 'Rollout', owner_id: own.session.user.id })
  await moveDeal(owner, deal, stageNamed(pipelines, 'Proposal').id)
  const gone = await aDeal(owner, { name: 'Gone' })
  await owner.call('DELETE', `/crm/deals/${gone.id}`)
  await owner.call('POST', `/crm/leads/${lead.body.id}/activities`, {
    body: { type: 'call', body: 'Called.' },
  })
  const told = async (caller: Caller) => {
    const { body } = await caller.call<{ items: RecentEvent[] }>('GET', '/analytics/recent')
    return body.items.map(({ type, record, activity_type }) => [type, record.title, activity_type])
  }
  const ofDeal = [
    ['deal.stage_changed', 'Rollout', null],
    ['deal.created', 'Rollout', null],
  ]
  expect(await told(owner)).toEqual([
    ['activity.logged', 'Ada', 'call'],
    ...ofDeal,
    ['lead.created', 'Ada', null],
  ])
  expect(await told(own)).toEqual(ofDeal)
})
