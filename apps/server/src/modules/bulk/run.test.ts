import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { stagedLeads } from '../leads/index.ts'
import { insertStaged } from '../staged/index.ts'
import { jobOf, startBulk } from '../../testing/bulk.ts'
import { removeOldItems } from './repository.ts'
import { runJob, type RunnerParts } from './run.ts'

const unstopped = new AbortController().signal
const many = 600

let house: TestApp
let owner: Caller
let actor: Actor

/** Only the web role: jobs are queued, and the tests run them as a worker would. */
beforeAll(async () => void (house = await createTestApp({ RAPPORT_ROLE: 'web' })))
afterAll(() => house?.stop())

beforeEach(async () => {
  owner = await house.register()
  const { user, organization } = owner.session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
  const leads = Array.from({ length: many }, (_, n) => ({ full_name: `Lead ${n}`, city: 'Old' }))
  await house.app.platform.tenancy.inTenant(actor, (ctx) => insertStaged(ctx, stagedLeads, leads))
})

function work(job_id: string, overrides: Partial<RunnerParts> = {}): Promise<void> {
  const { tenancy } = house.app.platform
  const { organization_id, user_id } = actor
  return runJob(
    { tenancy, actorOf: async () => actor, ...overrides },
    { organization_id, user_id, job_id },
    unstopped,
  )
}

/** Dies inside that transaction, after it wrote. */
function dyingIn(transaction: number): Pick<Tenancy, 'inTenant'> {
  let transactions = 0
  return {
    inTenant: (who, work) =>
      house.app.platform.tenancy.inTenant(who, async (ctx) => {
        transactions += 1
        const result = await work(ctx)
        if (transactions === transaction) throw new Error('the machine died')
        return result
      }),
  }
}

const renamed = (values: object) => startBulk(owner, { filter: { and: [] }, action: 'update', values })

async function count(condition: Record<string, unknown>): Promise<number> {
  const filter = encodeURIComponent(
    JSON.stringify({ and: Object.entries(condition).map(([field, value]) => ({ field, op: 'eq', value })) }),
  )
  return (await owner.call<{ total: number }>('GET', `/crm/leads?limit=1&count=exact&filter=${filter}`)).body
    .total
}
const activities = async () =>
  house.app.platform.tenancy.inTenant(actor, async ({ tx }) => {
    const rows = await tx
      .selectFrom('activities')
      .select('record_id')
      .where('organization_id', '=', actor.organization_id)
      .where('type', '=', 'updated')
      .execute()
    return rows.length
  })

describe('a job that is interrupted', () => {
  it.each([2, 3, 4])(
    'by a crash in transaction %i goes on there: no record is lost or changed twice',
    async (at) => {
      const id = await renamed({ city: 'New' })
      await expect(work(id, { tenancy: dyingIn(at) })).rejects.toThrow('the machine died')
      expect(await jobOf(owner, id)).toMatchObject({ done: (at - 2) * 250 })
      await work(id)
      expect(await jobOf(owner, id)).toMatchObject({ state: 'completed', done: many, changed: many })
      expect(await count({ city: 'New' })).toBe(many)
      expect(await activities()).toBe(many)
    },
  )

  it('by two workers at once is still done once', async () => {
    const id = await renamed({ city: 'New' })
    await Promise.all([work(id), work(id)])
    expect(await jobOf(owner, id)).toMatchObject({ state: 'completed', done: many, changed: many })
    expect(await activities()).toBe(many)
  })

  it('by its member stops between two batches, and what is changed can be taken back', async () => {
    const id = await renamed({ city: 'New' })
    const { tenancy } = house.app.platform
    let transactions = 0
    const cancelling: Pick<Tenancy, 'inTenant'> = {
      async inTenant(who, work) {
        const result = await tenancy.inTenant(who, work)
        transactions += 1
        if (transactions === 2) await owner.call('POST', `/jobs/${id}/cancel`)
        return result
      },
    }
    await work(id, { tenancy: cancelling })
    expect(await jobOf(owner, id)).toMatchObject({ state: 'cancelled', done: 250, changed: 250, total: many })
    expect(await count({ city: 'New' })).toBe(250)
    const undo = await owner.call<{ job_id: string }>('POST', `/jobs/${id}/undo`)
    await work(undo.body.job_id)
    expect(await count({ city: 'Old' })).toBe(many)
  })
})

it('an undo that was stopped can be asked for again, for the rest', async () => {
  const id = await renamed({ city: 'New' })
  await work(id)
  const first = await owner.call<{ job_id: string }>('POST', `/jobs/${id}/undo`)
  await expect(work(first.body.job_id, { tenancy: dyingIn(3) })).rejects.toThrow('the machine died')
  await owner.call('POST', `/jobs/${first.body.job_id}/cancel`)
  expect(await count({ city: 'Old' })).toBe(250)
  const second = await owner.call<{ job_id: string }>('POST', `/jobs/${id}/undo`)
  await work(second.body.job_id)
  expect(await jobOf(owner, second.body.job_id)).toMatchObject({
    total: many - 250,
    changed: many - 250,
    failed: 0,
  })
  expect(await count({ city: 'Old' })).toBe(many)
})

it('a job of somebody who has left changes nothing and says why', async () => {
  const id = await renamed({ city: 'New' })
  await work(id, { actorOf: async () => null })
  expect(await jobOf(owner, id)).toMatchObject({
    state: 'failed',
    changed: 0,
    problem: expect.stringContaining('no member') as string,
  })
  expect(await count({ city: 'Old' })).toBe(many)
})

it('what can be taken back is kept for 24 hours and not longer', async () => {
  const id = await renamed({ city: 'New' })
  await work(id)
  const { tenancy } = house.app.platform
  const sweep = () => tenancy.inTenant(actor, (ctx) => removeOldItems(ctx, 1_000))
  expect(await sweep()).toBe(0)
  const earlier = (hours: number) =>
    tenancy.inTenant(actor, ({ tx }) =>
      tx
        .updateTable('jobs')
        .set({
          finished_at: new Date(Date.now() - hours * 3_600_000).toISOString(),
          undo_until: new Date(Date.now() + (24 - hours) * 3_600_000).toISOString(),
        })
        .where('organization_id', '=', actor.organization_id)
        .where('id', '=', id)
        .execute(),
    )
  await earlier(23.9)
  expect(await sweep()).toBe(0)
  await earlier(24.1)
  expect(await owner.call('POST', `/jobs/${id}/undo`)).toMatchObject({
    status: 409,
    body: { code: 'undo_over' },
  })
  expect(await sweep()).toBe(many)
})

it('progress is told with every batch, to whom the job belongs and to nobody else', async () => {
  const id = await renamed({ city: 'New' })
  await work(id)
  const events = await house.app.platform.tenancy.inTenant(actor, ({ tx }) =>
    tx
      .selectFrom('events')
      .select(['data', 'owner_id'])
      .where('organization_id', '=', actor.organization_id)
      .where('record_id', '=', id)
      .orderBy('seq')
      .execute(),
  )
  expect(events.map(({ data }) => data)).toMatchObject([
    { state: 'queued', done: 0, total: many },
    { state: 'running', done: 250, changed: 250 },
    { state: 'running', done: 500 },
    { state: 'running', done: many },
    { state: 'completed', done: many },
  ])
  expect(new Set(events.map(({ owner_id }) => owner_id))).toEqual(new Set([actor.user_id]))
})
