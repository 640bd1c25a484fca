/** Goals: who sets them, who sees them, and what they have come to. */
import { roleGrants, type Goal, type Problem } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aTeamOf, joinWith } from '../../testing/members.ts'
import { aDeal, changeDeal, dealPipelines, stageNamed } from '../../testing/deals.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

type Body = Record<string, unknown>
const may = { period: 'month', starts_on: '2026-05-17' }
const year = 'from=2026-01-01&to=2026-12-31'

async function aGoal(caller: Caller, body: Body): Promise<Goal> {
  const made = await caller.call<Goal>('POST', '/analytics/goals', { body: { ...may, ...body } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const refusalOf = async (caller: Caller, body: Body) => {
  const { status, body: problem } = await caller.call<Problem>('POST', '/analytics/goals', {
    body: { ...may, ...body },
  })
  return [status, problem.code, ...(problem.errors ?? []).map(({ path, code }) => `${path} ${code}`)]
}
async function goalsOf(caller: Caller, query = year): Promise<Goal[]> {
  const answer = await caller.call<{ items: Goal[] }>('GET', `/analytics/goals?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items
}

describe('a goal', () => {
  test('of money counts what was won in its currency and period, and nothing else', async () => {
    const owner = await app.register()
    const won = stageNamed(await dealPipelines(owner), 'Won').id
    const mate = await app.join(owner, 'sales')
    const [me, they] = [owner.session.user.id, mate.session.user.id]
    const win = (value: number, closed_at: string, more: Body = {}) =>
      aDeal(owner, { value, stage_id: won, closed_at, owner_id: me, ...more })
    await win(100.25, '2026-05-01T00:00:00Z')
    await win(0.5, '2026-05-31T23:59:59Z', { owner_id: they })
    await win(7, '2026-06-01T00:00:00Z')
    await win(9, '2026-05-05T00:00:00Z', { currency: 'BRL' })
    await aDeal(owner, { value: 11, expected_close: '2026-05-05' })
    const deleted = await win(13, '2026-05-05T00:00:00Z')
    await owner.call('DELETE', `/crm/deals/${deleted.id}`)
    const team = await aTeamOf(owner, [mate])
    const money = { metric: 'won_value', target: 1000.5, currency: 'EUR' }
    expect(await aGoal(owner, money)).toMatchObject({
      starts_on: '2026-05-01',
      ends_before: '2026-06-01',
      target: 1000.5,
      reached: 100.75,
      name: null,
    })
    expect((await aGoal(owner, { ...money, user_id: me })).reached).toBe(100.25)
    expect(await aGoal(owner, { ...money, team_id: team.id })).toMatchObject({
      reached: 0.5,
      name: team.name,
    })
    expect((await aGoal(owner, { ...money, period: 'quarter' })).reached).toBe(107.75)
    expect((await aGoal(owner, { metric: 'won_deals', target: 10, period: 'year' })).reached).toBe(4)
  })

  test('of anything that is counted counts it, each from the moment it happens', async () => {
    const owner = await app.register()
    const now = new Date().toISOString().slice(0, 10)
    const reached = async () =>
      Object.fromEntries((await goalsOf(owner, 'user_id=me')).map((goal) => [goal.metric, goal.reached]))
    for (const metric of ['new_leads', 'new_deals', 'activities', 'follow_ups_done'])
      await aGoal(owner, { metric, target: 5, starts_on: now, user_id: owner.session.user.id })
    expect(await reached()).toEqual({ new_leads: 0, new_deals: 0, activities: 0, follow_ups_done: 0 })
    const owner_id = owner.session.user.id
    const lead = await owner.call<{ id: string }>('POST', '/crm/leads', {
      body: { full_name: 'Ada', owner_id },
    })
    const deal = await aDeal(owner, { owner_id })
    await owner.call('POST', `/crm/leads/${lead.body.id}/activities`, {
      body: { type: 'call', body: 'Called.' },
    })
    const planned = await owner.call<{ id: string }>('POST', `/crm/deals/${deal.id}/follow-ups`, {
      body: { due_at: '2030-01-01T12:00:00Z', channel: 'call', note: 'Ask.' },
    })
    await owner.call('PATCH', `/crm/follow-ups/${planned.body.id}`, { body: { status: 'done' } })
    expect(await reached()).toEqual({ new_leads: 1, new_deals: 1, activities: 1, follow_ups_done: 1 })
    await changeDeal(owner, deal, { owner_id: null })
    expect((await reached())['new_deals']).toBe(0)
  })

  test('begins and ends where its reader is', async () => {
    const owner = await app.register()
    const won = stageNamed(await dealPipelines(owner), 'Won').id
    await aDeal(owner, { value: 8, stage_id: won, closed_at: '2026-06-01T02:00:00Z' })
    await aGoal(owner, { metric: 'won_value', target: 10, currency: 'EUR' })
    expect((await goalsOf(owner))[0]?.reached).toBe(0)
    await owner.call('PUT', '/users/me', { body: { time_zone: 'America/Sao_Paulo' } })
    expect((await goalsOf(owner))[0]?.reached).toBe(8)
  })

  test('is told to whoever may see all that counts for it, and to nobody else', async () => {
    const owner = await app.register()
    const scoped = (scope: 'own' | 'team') =>
      joinWith(app, owner, { grants: { ...roleGrants.viewer, 'deals:read': scope, 'goals:manage': 'all' } })
    const [member, manager, stranger] = [await scoped('own'), await scoped('team'), await scoped('own')]
    const team = await aTeamOf(owner, [member, await app.join(owner, 'sales')], manager)
    const id = (caller: Caller) => caller.session.user.id
    const aim = { metric: 'won_deals', target: 3 }
    const all = await aGoal(owner, aim)
    const [ofTeam, ofMember] = [
      await aGoal(owner, { ...aim, team_id: team.id }),
      await aGoal(owner, { ...aim, user_id: id(member) }),
    ]
    const seen = async (caller: Caller) => new Set((await goalsOf(caller)).map((goal) => goal.id))
    expect(await seen(owner)).toEqual(new Set([all.id, ofTeam.id, ofMember.id]))
    expect(await seen(manager)).toEqual(new Set([ofTeam.id, ofMember.id]))
    expect(await seen(member)).toEqual(new Set([ofMember.id]))
    expect(await seen(stranger)).toEqual(new Set())
    const change = await stranger.call<Problem>('PATCH', `/analytics/goals/${all.id}`, {
      body: { target: 4 },
    })
    expect([change.status, change.body.code]).toEqual([404, 'goal_not_found'])
    expect(await refusalOf(member, { ...aim, period: 'year' })).toEqual([403, 'goal_out_of_reach'])
    expect((await goalsOf(owner)).length).toBe(3)
  })

  test('is not told to a role that does not see what it is made of', async () => {
    const owner = await app.register()
    const blind = await joinWith(app, owner, { field_rules: { deal: { value: 'hidden' } } })
    await aGoal(owner, { metric: 'won_value', target: 3 })
    await aGoal(owner, { metric: 'won_deals', target: 3 })
    expect((await goalsOf(blind)).map(({ metric }) => metric)).toEqual(['won_deals'])
  })

  test('is set once, changed by its version, and deleted', async () => {
    const owner = await app.register()
    const aim = { metric: 'new_leads', target: 30 }
    const goal = await aGoal(owner, aim)
    expect(await refusalOf(owner, { ...aim, starts_on: '2026-05-30', target: 40 })).toEqual([
      409,
      'goal_exists',
    ])
    const path = `/analytics/goals/${goal.id}`
    const changed = await owner.call<Goal>('PATCH', path, { body: { target: 50, version: 1 } })
    expect(changed.body).toMatchObject({ target: 50, version: 2 })
    const stale = await owner.call<Problem>('PATCH', path, { body: { target: 60, version: 1 } })
    expect([stale.status, stale.body.code]).toEqual([409, 'version_conflict'])
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect(await goalsOf(owner)).toEqual([])
  })

  test('names somebody who is there, an amount that its currency has, and a currency only for money', async () => {
    const owner = await app.register()
    const outsider = await app.register()
    const aim = { metric: 'won_value', target: 5 }
    expect(await refusalOf(owner, { ...aim, user_id: outsider.session.user.id })).toEqual([
      422,
      'invalid_input',
      'user_id not_a_member',
    ])
    const team = await aTeamOf(outsider, [])
    expect(await refusalOf(owner, { ...aim, team_id: team.id })).toContain('team_id unknown_team')
    expect(await refusalOf(owner, { ...aim, target: 1.005 })).toContain('target too_precise')
    expect(await refusalOf(owner, { metric: 'new_leads', target: 5, currency: 'EUR' })).toContain(
      'currency no_currency',
    )
    expect((await refusalOf(owner, { metric: 'new_leads', target: 5.5 }))[0]).toBe(422)
    expect((await refusalOf(owner, { ...aim, target: 0 }))[0]).toBe(422)
  })
})
