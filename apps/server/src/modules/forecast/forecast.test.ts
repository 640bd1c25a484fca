/** What deals are expected to bring, month by month. */
import {
  forecastFilters,
  forecastSums,
  roleGrants,
  type ForecastCell,
  type Pipeline,
  type Problem,
  type Totals,
} from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aTeamOf, joinWith } from '../../testing/members.ts'
import { aDeal, dealPipelines, stageNamed } from '../../testing/deals.ts'
import { forecastOf, type Body } from './forecast.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

type House = {
  owner: Caller
  pipelines: Pipeline[]
  stage: (name: string) => string
  deal: (body: Body) => ReturnType<typeof aDeal>
}

async function aHouse(): Promise<House> {
  const owner = await app.register()
  const pipelines = await dealPipelines(owner)
  const stage = (name: string) => stageNamed(pipelines, name).id
  return { owner, pipelines, stage, deal: (body) => aDeal(owner, body) }
}

const year = { from: '2026-01', to: '2026-12' }
const sums = ({ count, value }: { count: number; value: number }) => [count, value]

describe('the forecast', () => {
  test('tells open deals in the month they are expected to close in, by the category of their stage or their own', async () => {
    const { owner, stage, deal } = await aHouse()
    await deal({ value: 100.5, expected_close: '2026-03-31', stage_id: stage('Qualification') })
    await deal({ value: 0.25, expected_close: '2026-03-01', stage_id: stage('Negotiation') })
    await deal({
      value: 10,
      expected_close: '2026-03-15',
      stage_id: stage('Qualification'),
      forecast_category: 'committed',
    })
    await deal({ value: 1000, expected_close: '2026-03-15', forecast_category: 'omitted' })
    await deal({ value: 7, expected_close: '2026-04-01', stage_id: stage('Proposal'), probability: 50 })
    await deal({ value: 5 })
    const { totals, months, undated } = await forecastOf(owner, { from: '2026-03', to: '2026-04' })
    expect(months).toEqual(['2026-03', '2026-04'])
    expect(totals).toHaveLength(1)
    const [march, april] = totals[0]?.months ?? []
    expect(march).toEqual({
      won: { count: 0, value: 0 },
      committed: { count: 1, value: 10 },
      best_case: { count: 1, value: 0.25 },
      pipeline: { count: 1, value: 100.5 },
      open: { count: 3, value: 110.75 },
      weighted: 11.225,
      goal: null,
      gap: null,
    })
    expect([april?.pipeline.value, april?.weighted]).toEqual([7, 3.5])
    expect(totals[0]?.total).toMatchObject({ open: { count: 4, value: 117.75 }, weighted: 14.725 })
    expect(undated).toEqual([{ currency: 'EUR', count: 1, value: 5 }])
  })

  test('tells what was won in the month it was closed in, where the caller is', async () => {
    const { owner, stage, deal } = await aHouse()
    await deal({ value: 40, stage_id: stage('Won'), closed_at: '2026-05-01T02:00:00Z' })
    await deal({ value: 2, stage_id: stage('Lost'), closed_at: '2026-05-02T02:00:00Z' })
    const wonIn = async () => {
      const { totals } = await forecastOf(owner, { from: '2026-04', to: '2026-05' })
      return totals[0]?.months.map(({ won }) => won.value)
    }
    expect(await wonIn()).toEqual([0, 40])
    await owner.call('PUT', '/users/me', { body: { time_zone: 'America/Sao_Paulo' } })
    expect(await wonIn()).toEqual([40, 0])
  })

  test('adds each currency by itself, that of the organization first', async () => {
    const { owner, deal } = await aHouse()
    for (const [value, currency] of [[1.5, 'BRL'] as const, [2, 'USD'] as const, [3.25, 'BRL'] as const])
      await deal({ value, currency, expected_close: '2026-07-01' })
    const { totals } = await forecastOf(owner, year)
    expect(totals.map(({ currency, total }) => [currency, total.open.value])).toEqual([
      ['USD', 2],
      ['BRL', 4.75],
    ])
  })

  test('is grouped by owner, by team and by pipeline; who is in two teams counts in both, but once in all', async () => {
    const { owner, deal } = await aHouse()
    const [ada, ben] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const north = await aTeamOf(owner, [ada, ben])
    const south = await aTeamOf(owner, [ada])
    const second = await owner.call<Pipeline>('POST', '/crm/pipelines', {
      body: { name: 'Renewals', object: 'deal' },
    })
    const on = { expected_close: '2026-02-10' }
    await deal({ value: 1, owner_id: ada.session.user.id, ...on })
    await deal({ value: 2, owner_id: ben.session.user.id, pipeline_id: second.body.id, ...on })
    await deal({ value: 4, owner_id: null, ...on })
    const told = async (group_by: string) => {
      const { groups, totals } = await forecastOf(owner, { ...year, group_by })
      expect(totals[0]?.total.open).toEqual({ count: 3, value: 7 })
      return new Map(groups.map(({ id, name, total }) => [id, [name, total.open.value]]))
    }
    expect(await told('owner')).toEqual(
      new Map([
        [ada.session.user.id, [ada.session.user.full_name, 1]],
        [ben.session.user.id, [ben.session.user.full_name, 2]],
        [null, [null, 4]],
      ]),
    )
    expect(await told('team')).toEqual(
      new Map([
        [north.id, [north.name, 3]],
        [south.id, [south.name, 1]],
        [null, [null, 4]],
      ]),
    )
    expect((await told('pipeline')).get(second.body.id)).toEqual(['Renewals', 2])
    const only = async (query: Record<string, string>) =>
      (await forecastOf(owner, { ...year, ...query })).totals[0]?.total.open.value
    expect(await only({ team_id: south.id })).toBe(1)
    expect(await only({ owner_id: 'nobody' })).toBe(4)
    expect(await only({ owner_id: 'me' })).toBeUndefined()
    expect(await only({ pipeline_id: second.body.id, team_id: north.id })).toBe(2)
  })

  test('is held against the goals of the organization, of members and of teams', async () => {
    const { owner, stage, deal } = await aHouse()
    const mate = await app.join(owner, 'sales')
    const newcomer = await app.join(owner, 'sales')
    const team = await aTeamOf(owner, [mate])
    const beginners = await aTeamOf(owner, [newcomer])
    const aim = (body: Body) =>
      owner.call('POST', '/analytics/goals', {
        body: { metric: 'won_value', period: 'month', currency: 'EUR', ...body },
      })
    await aim({ starts_on: '2026-04-01', target: 1000 })
    await aim({ starts_on: '2026-05-01', target: 500.5 })
    await aim({ starts_on: '2026-05-01', target: 200, user_id: mate.session.user.id })
    await aim({ starts_on: '2026-05-01', target: 300, team_id: team.id })
    await aim({ starts_on: '2026-05-01', target: 400, user_id: newcomer.session.user.id })
    await aim({ starts_on: '2026-05-01', target: 450, team_id: beginners.id })
    await aim({ period: 'quarter', starts_on: '2026-05-09', target: 2500, currency: 'BRL' })
    await deal({
      value: 100.25,
      stage_id: stage('Won'),
      closed_at: '2026-04-10T00:00:00Z',
      owner_id: owner.session.user.id,
    })
    await deal({
      value: 50,
      forecast_category: 'committed',
      expected_close: '2026-05-10',
      owner_id: mate.session.user.id,
    })
    const quarter = { from: '2026-04', to: '2026-06' }
    const aims = async (query: Record<string, string>) => {
      const { totals, groups } = await forecastOf(owner, { ...quarter, ...query })
      const told = ({ goal, gap }: { goal: number | null; gap: number | null }) => [goal, gap]
      return {
        months: totals.find(({ currency }) => currency === 'EUR')?.months.map(told),
        totals: totals.map(({ currency, total }) => [currency, ...told(total)]),
        groups: new Map(groups.map(({ id, total }) => [id, told(total)])),
      }
    }
    expect(await aims({ group_by: 'owner' })).toEqual({
      months: [
        [1000, 899.75],
        [500.5, 450.5],
        [null, null],
      ],
      totals: [
        ['BRL', 2500, 2500],
        ['EUR', 1500.5, 1350.25],
      ],
      groups: new Map([
        [owner.session.user.id, [null, null]],
        [mate.session.user.id, [200, 150]],
        // Nothing of theirs is in sight yet.
        [newcomer.session.user.id, [400, 400]],
      ]),
    })
    expect((await aims({ group_by: 'team' })).groups).toEqual(
      new Map([
        [null, [null, null]],
        [team.id, [300, 250]],
        [beginners.id, [450, 450]],
      ]),
    )
    expect((await aims({ group_by: 'owner', owner_id: mate.session.user.id })).groups.size).toBe(1)
    expect((await aims({ group_by: 'team', team_id: team.id })).groups).toEqual(
      new Map([[team.id, [300, 250]]]),
    )
    expect((await aims({ team_id: team.id })).totals).toEqual([['EUR', 300, 250]])
    expect((await aims({ owner_id: mate.session.user.id })).totals).toEqual([['EUR', 200, 150]])
    expect((await aims({ owner_id: 'nobody' })).totals).toEqual([])
  })

  test('is of the deals that the caller may read: their own, those of their team, all', async () => {
    const { owner, deal } = await aHouse()
    const scoped = (scope: 'own' | 'team') =>
      joinWith(app, owner, { grants: { ...roleGrants.viewer, 'deals:read': scope } })
    const [member, manager] = [await scoped('own'), await scoped('team')]
    await aTeamOf(owner, [member], manager)
    const on = { expected_close: '2026-02-10' }
    await deal({ value: 1, owner_id: member.session.user.id, ...on })
    await deal({ value: 2, owner_id: manager.session.user.id, ...on })
    await deal({ value: 4, owner_id: owner.session.user.id, ...on })
    const seen = async (caller: Caller) => (await forecastOf(caller, year)).totals[0]?.total.open.value
    expect([await seen(member), await seen(manager), await seen(owner)]).toEqual([1, 3, 7])
  })

  test('is refused to a role that does not see what it is made of', async () => {
    const { owner } = await aHouse()
    for (const field of ['value', 'expected_close', 'owner_id']) {
      const member = await joinWith(app, owner, { field_rules: { deal: { [field]: 'hidden' } } })
      for (const path of ['forecast?', 'forecast/changes?since=2026-01-01T00:00:00Z&']) {
        const { status, body } = await member.call<Problem>(
          'GET',
          `/analytics/${path}from=2026-01&to=2026-02`,
        )
        expect([status, body.code], `${field} ${path}`).toEqual([403, 'figures_hidden'])
      }
    }
  })

  test('takes up to three years of months, in their order', async () => {
    const { owner } = await aHouse()
    const status = async (from: string, to: string) =>
      (await owner.call('GET', `/analytics/forecast?from=${from}&to=${to}`)).status
    expect(await status('2026-01', '2028-12')).toBe(200)
    expect(await status('2026-01', '2029-01')).toBe(422)
    expect(await status('2026-02', '2026-01')).toBe(422)
    expect(await status('2026-13', '2026-14')).toBe(422)
  })

  test('leads from every cell to the deals behind it: their list adds up to the cell', async () => {
    const { owner, stage, deal, pipelines } = await aHouse()
    const mate = await app.join(owner, 'sales')
    const owners = [owner.session.user.id, mate.session.user.id, null]
    const categories = [null, 'committed', 'omitted', 'pipeline'] as const
    for (const [place, name] of ['Qualification', 'Proposal', 'Negotiation', 'Won', 'Lost'].entries())
      for (const [index, forecast_category] of categories.entries())
        await deal({
          value: 2 ** place + index / 100,
          stage_id: stage(name),
          owner_id: owners[(place + index) % 3],
          forecast_category,
          expected_close: `2026-0${1 + (index % 2)}-28`,
          ...(['Won', 'Lost'].includes(name) ? { closed_at: `2026-0${1 + (index % 2)}-15T12:00:00Z` } : {}),
        })
    await owner.call('PATCH', `/crm/pipelines/${pipelines[0]?.id}/stages/${stage('Proposal')}`, {
      body: { forecast_category: 'best_case', version: 1 },
    })
    const known = await dealPipelines(owner)
    const listed = async (cell: ForecastCell) => {
      const filter = encodeURIComponent(JSON.stringify({ and: forecastFilters(cell, known) }))
      const { body } = await owner.call<Totals>('GET', `/crm/deals/totals?fields=value&filter=${filter}`)
      return [body.count, body.sums[0]?.value ?? 0]
    }
    const { groups, totals, months } = await forecastOf(owner, {
      from: '2026-01',
      to: '2026-02',
      group_by: 'owner',
    })
    expect(groups).toHaveLength(3)
    expect(totals[0]?.total.best_case.count).toBe(2)
    for (const sum of forecastSums) {
      for (const [index, month] of months.entries()) {
        const cell = totals[0]?.months[index]?.[sum] ?? { count: -1, value: -1 }
        expect(await listed({ sum, from: month, to: month, currency: 'EUR' }), `${sum} ${month}`).toEqual(
          sums(cell),
        )
      }
      for (const { id, total } of groups)
        expect(
          await listed({ sum, from: '2026-01', to: '2026-02', currency: 'EUR', owner_ids: [id] }),
        ).toEqual(sums(total[sum]))
    }
  })
})
