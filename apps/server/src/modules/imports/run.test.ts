import type { AuditEntry, Import } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { mostRows } from './batches.ts'
import { plainReading } from './context.ts'
import { allLeads, courseLeads, ended, start, upload } from './imports.fixture.ts'
import { runImport, type RunnerParts } from './run.ts'

const unstopped = new AbortController().signal

let house: TestApp
let owner: Caller
let actor: Actor

/** Only the web role: jobs are queued, and the tests run them as a worker would. */
beforeAll(async () => {
  house = await createTestApp({ RAPPORT_ROLE: 'web' })
})
afterAll(() => house.stop())

beforeEach(async () => {
  owner = await house.register()
  const { user, organization } = owner.session
  actor = ownerActor({
    user_id: user.id,
    name: user.full_name,
    organization_id: organization.id,
    grants: { 'leads:import': 'all', 'leads:create': 'all', 'leads:update': 'all', 'leads:read': 'all' },
  })
})

function worker(overrides: Partial<RunnerParts> = {}): (import_id: string) => Promise<void> {
  const { tenancy, storage } = house.app.platform
  const parts: RunnerParts = {
    tenancy,
    storage,
    actorOf: async () => actor,
    readingFor: async (who, object) => plainReading(who, object),
    ...overrides,
  }
  const { organization_id, user_id } = actor
  return (import_id) => runImport(parts, { organization_id, user_id, import_id }, unstopped)
}

/** Dies inside the transaction of one batch, after its leads were written. */
function dyingIn(batch: number): Pick<Tenancy, 'inTenant'> {
  let transactions = 0
  return {
    inTenant: (who, work) =>
      house.app.platform.tenancy.inTenant(who, async (ctx) => {
        transactions += 1
        const own = transactions
        const result = await work(ctx)
        if (own === batch + 1) throw new Error('the machine died')
        return result
      }),
  }
}

async function started(rows: number, bad = ''): Promise<string> {
  const { body } = await upload(owner, courseLeads(rows) + bad)
  expect((await start(owner, body)).status).toBe(202)
  return body.id
}
const stateOf = async (id: string) => (await owner.call<Import>('GET', `/crm/imports/${id}`)).body

describe('an import that is interrupted', () => {
  it.each([1, 2, 3])('by a crash in batch %i goes on there: no row is lost or doubled', async (batch) => {
    const rows = 2 * mostRows + 50
    const long = 'x'.repeat(81)
    const id = await started(rows, `\r\nb1,1,API,,No,1,1,,${long},,,,,,,\r\n`)
    await expect(worker({ tenancy: dyingIn(batch) })(id)).rejects.toThrow('the machine died')
    expect(await stateOf(id)).toMatchObject({ state: 'running', done: (batch - 1) * mostRows })
    await worker()(id)
    expect(await stateOf(id)).toMatchObject({ state: 'completed', done: rows + 1, created: rows, failed: 1 })
    const ids = (await allLeads(owner)).map((lead) => lead.external_id)
    expect(ids).toHaveLength(rows)
    expect(new Set(ids).size).toBe(rows)
  })

  it('by a connection that is lost right after the commit goes on after it', async () => {
    const rows = 2 * mostRows + 50
    const id = await started(rows)
    let transactions = 0
    const unheard: Pick<Tenancy, 'inTenant'> = {
      async inTenant(who, work) {
        transactions += 1
        const own = transactions
        const result = await house.app.platform.tenancy.inTenant(who, work)
        if (own === 2) throw new Error('the connection was lost')
        return result
      },
    }
    // The queue tries again only what fails.
    await expect(worker({ tenancy: unheard })(id)).rejects.toThrow('the connection was lost')
    expect(await stateOf(id)).toMatchObject({ state: 'running', done: mostRows })
    await worker()(id)
    expect(await stateOf(id)).toMatchObject({ state: 'completed', done: rows, created: rows, failed: 0 })
    expect(await allLeads(owner)).toHaveLength(rows)
  })

  it('by two workers at once is still done once', async () => {
    const id = await started(1100)
    await Promise.all([worker()(id), worker()(id)])
    await worker()(id)
    expect(await stateOf(id)).toMatchObject({ state: 'completed', done: 1100, created: 1100 })
    expect(await allLeads(owner)).toHaveLength(1100)
  })

  it('by its member stops between two batches, and what is in stays in', async () => {
    const id = await started(3 * mostRows)
    const tenancy = house.app.platform.tenancy
    let transactions = 0
    const cancelling: Pick<Tenancy, 'inTenant'> = {
      async inTenant(who, work) {
        const result = await tenancy.inTenant(who, work)
        transactions += 1
        if (transactions === 3) await owner.call('POST', `/crm/imports/${id}/cancel`)
        return result
      },
    }
    await worker({ tenancy: cancelling })(id)
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', done: 2 * mostRows, created: 2 * mostRows })
    expect(await allLeads(owner)).toHaveLength(2 * mostRows)
  })
})

describe('an import that cannot go on says why', () => {
  it('when its member lost the permission', async () => {
    const id = await started(3)
    await worker({ actorOf: async () => null })(id)
    expect(await stateOf(id)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('may no longer') as string,
    })
    expect(await allLeads(owner)).toEqual([])
  })

  it('when its file is gone, and it can be started again once the cause is over', async () => {
    const id = await started(3)
    const { storage } = house.app.platform
    await worker({
      storage: { ...storage, read: () => storage.read(`${actor.organization_id}/imports/none.csv`) },
    })(id)
    const failed = await stateOf(id)
    expect(failed).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('no longer there') as string,
    })
    const again = await owner.call('POST', `/crm/imports/${id}/start`, { body: { mapping: failed.mapping } })
    expect(again.status).toBe(202)
    await worker()(id)
    expect(await stateOf(id)).toMatchObject({ state: 'completed', created: 3, problem: null })
  })
})

describe('progress', () => {
  it('is told by an event as soon as there is any, and then at most twice in a second', async () => {
    const rows = mostRows + 100
    const id = await started(rows)
    await worker()(id)
    const events = await house.app.platform.tenancy.inTenant(actor, ({ tx }) =>
      tx
        .selectFrom('events')
        .select(['data'])
        .where('organization_id', '=', actor.organization_id)
        .where('record_id', '=', id)
        .orderBy('seq')
        .execute(),
    )
    expect(events.map(({ data }) => data)).toMatchObject([
      { state: 'running', done: 0, total: rows },
      { state: 'running', done: mostRows, created: mostRows },
      { state: 'completed', done: rows },
    ])
    expect(await ended(owner, id)).toMatchObject({ state: 'completed' })
  })

  it('leaves one entry in the audit log for each batch, with all records that it made', async () => {
    const id = await started(mostRows + 1)
    await worker()(id)
    const made = (await allLeads(owner)).map((lead) => lead.id)
    const filter = { field: 'record_id', op: 'eq', value: id }
    const { body } = await owner.call<{ items: AuditEntry[] }>(
      'GET',
      `/organizations/current/audit-log?filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
    const entries = body.items.filter(({ action }) => action === 'lead.created')
    expect(entries).toHaveLength(2)
    expect(entries.map(({ record_name }) => record_name)).toEqual(['leads.csv', 'leads.csv'])
    expect(entries.flatMap(({ after }) => after?.['created'] as string[]).toSorted()).toEqual(made.toSorted())
  })
})
