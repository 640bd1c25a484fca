/** Why the forecast is not what it was: deal by deal, and to the cent. */
import {
  forecastMeasures,
  roleGrants,
  type Deal,
  type Forecast,
  type ForecastMeasure,
  type Pipeline,
} from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { propertyRuns, propertyTimeout_ms } from '../../testing/property-runs.ts'
import { aDeal, changeDeal, dealPipelines, moveDeal, stageNamed } from '../../testing/deals.ts'
import { changesOf, forecastOf, type Body } from './forecast.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

const quarter = { from: '2026-04', to: '2026-06' }

/** A moment after all that has been done, and before all that will be. */
async function aMoment(): Promise<string> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
  await pause()
  const now = new Date().toISOString()
  await pause()
  return now
}

async function aHouse() {
  const owner = await app.register()
  const pipelines = await dealPipelines(owner)
  return { owner, pipelines, stage: (name: string) => stageNamed(pipelines, name).id }
}

async function reasonsOf(caller: Caller, since: string, measure: ForecastMeasure = 'open', more: Body = {}) {
  const { items } = await changesOf(caller, {
    ...quarter,
    since,
    measure,
    ...(more as Record<string, string>),
  })
  return new Map(items.map(({ deal, reason, change }) => [deal.name, [reason, change]]))
}

describe('the change of the forecast since a moment', () => {
  test('is told deal by deal with what became of each', async () => {
    const { owner, stage } = await aHouse()
    const on = { expected_close: '2026-05-20' }
    const names = ['Up', 'Down', 'Out', 'In', 'Won', 'Lost', 'Gone', 'Omitted', 'Staged', 'Same', 'Currency']
    const made: Record<string, Deal> = {}
    for (const name of names)
      made[name] = await aDeal(owner, {
        name,
        value: 100,
        ...on,
        ...(name === 'In' ? { expected_close: '2026-08-01' } : {}),
        ...(name === 'Staged' ? { stage_id: stage('Qualification') } : {}),
      })
    const deal = (name: string) => made[name] as Deal
    const since = await aMoment()
    await changeDeal(owner, deal('Up'), { value: 130.5 })
    await changeDeal(owner, deal('Down'), { value: 20 })
    await changeDeal(owner, deal('Out'), { expected_close: '2026-07-01' })
    await changeDeal(owner, deal('In'), { expected_close: '2026-06-30' })
    await moveDeal(owner, deal('Won'), stage('Won'))
    await moveDeal(owner, deal('Lost'), stage('Lost'), { lost_reason: 'Price' })
    await owner.call('DELETE', `/crm/deals/${deal('Gone').id}`)
    await changeDeal(owner, deal('Omitted'), { forecast_category: 'omitted' })
    await moveDeal(owner, deal('Staged'), stage('Negotiation'))
    await changeDeal(owner, deal('Same'), { description: 'Nothing that counts.' })
    await changeDeal(owner, deal('Currency'), { currency: 'USD' })
    await aDeal(owner, { name: 'New', value: 5, ...on })
    const told = await changesOf(owner, { ...quarter, since })
    expect(
      new Map(
        told.items.map(({ deal: { name }, reason, change, currency }) => [
          `${name} ${currency}`,
          [reason, change],
        ]),
      ),
    ).toEqual(
      new Map<string, [string, number]>([
        ['Up EUR', ['value_up', 30.5]],
        ['Down EUR', ['value_down', -80]],
        ['Out EUR', ['pushed_out', -100]],
        ['In EUR', ['pulled_in', 100]],
        ['Won EUR', ['won', -100]],
        ['Lost EUR', ['lost', -100]],
        ['Gone EUR', ['deleted', -100]],
        ['Omitted EUR', ['category', -100]],
        ['Currency EUR', ['currency', -100]],
        ['Currency USD', ['currency', 100]],
        ['New EUR', ['new', 5]],
      ]),
    )
    expect(told.total).toBe(11)
    const euros = told.sums.find(({ currency }) => currency === 'EUR')
    expect(euros).toMatchObject({ before: 1000, after: 455.5, change: -544.5 })
    expect((await reasonsOf(owner, since, 'weighted')).get('Staged')).toEqual(['stage', 60])
    expect((await reasonsOf(owner, since, 'best_case')).get('Staged')).toEqual(['stage', 100])
    const staged = told.items.find(({ deal: { name } }) => name === 'Out')
    expect([staged?.was?.expected_close, staged?.is.expected_close]).toEqual(['2026-05-20', '2026-07-01'])
  })

  test('knows a deal that was entered with dates of long ago as new', async () => {
    const { owner, stage } = await aHouse()
    const since = await aMoment()
    await aDeal(owner, { name: 'Old', value: 9, stage_id: stage('Won'), closed_at: '2026-04-02T10:00:00Z' })
    expect(await reasonsOf(owner, since, 'won')).toEqual(new Map([['Old', ['new', 9]]]))
  })

  test('tells a deal that changed hands to whoever has it now, and to nobody who may not read it', async () => {
    const { owner } = await aHouse()
    const own = { grants: { ...roleGrants.viewer, 'deals:read': 'own' as const } }
    const [giver, taker] = [await joinWith(app, owner, own), await joinWith(app, owner, own)]
    const deal = await aDeal(owner, {
      name: 'Handed over',
      value: 50,
      expected_close: '2026-05-01',
      owner_id: giver.session.user.id,
    })
    const since = await aMoment()
    await changeDeal(owner, deal, { owner_id: taker.session.user.id })
    const mine = { owner_id: 'me' }
    expect(await reasonsOf(taker, since, 'open', mine)).toEqual(new Map([['Handed over', ['owner', 50]]]))
    expect(await reasonsOf(giver, since, 'open', mine)).toEqual(new Map())
    const giversDeals = { owner_id: giver.session.user.id }
    expect(await reasonsOf(owner, since, 'open', giversDeals)).toEqual(
      new Map([['Handed over', ['owner', -50]]]),
    )
  })

  test('counts with a stage that is gone as it was set', async () => {
    const { owner, pipelines, stage } = await aHouse()
    const [pipeline] = pipelines as [Pipeline]
    const added = await owner.call<{ id: string }>('POST', `/crm/pipelines/${pipeline.id}/stages`, {
      body: { name: 'Trial', probability: 95 },
    })
    await aDeal(owner, { name: 'Moved', value: 10, expected_close: '2026-05-01', stage_id: added.body.id })
    const since = await aMoment()
    const path = `/crm/pipelines/${pipeline.id}/stages/${added.body.id}?move_to=${stage('Qualification')}`
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect(await reasonsOf(owner, since, 'committed')).toEqual(new Map([['Moved', ['stage', -10]]]))
    expect(await reasonsOf(owner, since, 'weighted')).toEqual(new Map([['Moved', ['stage', -8.5]]]))
  })
})

const stages = ['Qualification', 'Proposal', 'Negotiation', 'Won', 'Lost'] as const
const fields = fc.oneof(
  fc.record({ value: fc.option(fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100)) }),
  fc.record({ currency: fc.constantFrom('EUR', 'USD') }),
  fc.record({ probability: fc.option(fc.integer({ min: 0, max: 100 })) }),
  fc.record({
    forecast_category: fc.option(fc.constantFrom('pipeline', 'best_case', 'committed', 'omitted')),
  }),
  fc.record({
    expected_close: fc.option(fc.constantFrom('2026-03-31', '2026-04-01', '2026-05-15', '2026-07-01')),
  }),
  fc.record({ owner: fc.constantFrom('me', 'mate', 'nobody') }),
)
type Step =
  | { do: 'make'; stage: (typeof stages)[number]; value: number }
  | { do: 'change'; at: number; fields: Body }
  | { do: 'move'; at: number; stage: (typeof stages)[number] }
  | { do: 'delete'; at: number }
  | { do: 'restore'; at: number }
const at = fc.nat({ max: 20 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('make' as const),
    stage: fc.constantFrom(...stages),
    value: fc.integer({ min: 1, max: 9_999 }).map((cents) => cents / 100),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), at, fields }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('move' as const), at, stage: fc.constantFrom(...stages) }),
  },
  fc.record({ do: fc.constant('delete' as const), at }),
  fc.record({ do: fc.constant('restore' as const), at }),
)

type Told = (measure: ForecastMeasure, currency: string) => number
const measured =
  ({ totals }: Forecast): Told =>
  (measure, currency) => {
    const total = totals.find((row) => row.currency === currency)?.total
    if (!total) return 0
    return measure === 'weighted' ? total.weighted : total[measure].value
  }

const cents = (value: number) => Math.round(value * 10_000)

test(
  'whatever happens to deals, what was told before and the explained changes make what is told now',
  async () => {
    const { owner, stage } = await aHouse()
    const mate = await app.join(owner, 'sales')
    const owners: Record<string, string | null> = {
      me: owner.session.user.id,
      mate: mate.session.user.id,
      nobody: null,
    }
    const made: string[] = []
    const take = async (one: Step): Promise<void> => {
      if (one.do === 'make') {
        const deal = await aDeal(owner, {
          value: one.value,
          stage_id: stage(one.stage),
          expected_close: '2026-05-01',
          ...(one.stage === 'Won' ? { closed_at: '2026-05-02T00:00:00Z' } : {}),
        })
        made.push(deal.id)
        return
      }
      const id = made[one.at % Math.max(1, made.length)]
      if (id === undefined) return
      if (one.do === 'delete') await owner.call('DELETE', `/crm/deals/${id}`)
      else if (one.do === 'restore') await owner.call('POST', `/crm/deals/${id}/restore`)
      else if (one.do === 'change') {
        const { owner: to, ...plain } = one.fields
        const body = to === undefined ? plain : { owner_id: owners[String(to)] }
        await owner.call('PATCH', `/crm/deals/${id}`, { body })
      } else {
        const { body } = await owner.call<Deal>('GET', `/crm/deals/${id}`)
        const closed = one.stage === 'Won' ? { values: { closed_at: '2026-06-30T20:00:00Z' } } : {}
        await owner.call('PATCH', `/crm/deals/${id}/stage`, {
          body: { stage_id: stage(one.stage), version: body.version, ...closed },
        })
      }
    }
    const narrowings: Record<string, string>[] = [{}, { owner_id: 'me' }, { owner_id: 'nobody' }]
    const steps = fc.array(step, { minLength: 1, maxLength: 12 })
    let explained = 0
    const property = fc.asyncProperty(steps, steps, async (earlier, later) => {
      for (const one of earlier) await take(one)
      const before = await Promise.all(narrowings.map((by) => forecastOf(owner, { ...quarter, ...by })))
      const since = await aMoment()
      for (const one of later) await take(one)
      for (const [index, by] of narrowings.entries()) {
        const [then, now] = [before[index] as Forecast, await forecastOf(owner, { ...quarter, ...by })].map(
          measured,
        )
        for (const measure of forecastMeasures) {
          const { sums, items } = await changesOf(owner, { ...quarter, ...by, since, measure, limit: '200' })
          explained += items.length
          for (const currency of ['EUR', 'USD']) {
            const sum = sums.find((one) => one.currency === currency)
            const about = JSON.stringify({ measure, currency, by, sum })
            const told = items.filter((item) => item.currency === currency)
            const [was, is] = [then?.(measure, currency) ?? 0, now?.(measure, currency) ?? 0].map(cents) as [
              number,
              number,
            ]
            expect(cents(sum?.before ?? 0), about).toBe(was)
            expect(cents(sum?.after ?? 0), about).toBe(is)
            expect(
              told.reduce((all, { change }) => all + cents(change), 0),
              about,
            ).toBe(is - was)
            const reasons = sum?.reasons ?? []
            expect(
              reasons.reduce((all, { change }) => all + cents(change), 0),
              about,
            ).toBe(is - was)
            expect(
              reasons.reduce((all, { count }) => all + count, 0),
              about,
            ).toBe(told.length)
          }
        }
      }
    })
    await fc.assert(property, propertyRuns(12))
    expect(explained).toBeGreaterThan(20)
  },
  propertyTimeout_ms,
)
