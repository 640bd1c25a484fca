import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { rebuildTotals } from '../records/index.ts'
import { mostRows } from './batches.ts'
import { bringIn, ended } from './imports.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.stop())

const inOrganization = <Result>(owner: Caller, work: (ctx: Ctx) => Promise<Result>) =>
  app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), work)

/** All that is kept of the organization's records. */
const keptBy = (owner: Caller) =>
  inOrganization(owner, ({ tx }) =>
    tx
      .selectFrom('record_totals')
      .selectAll()
      .orderBy('object')
      .orderBy('field')
      .orderBy('value')
      .orderBy('currency')
      .execute(),
  )

test('totals know what an import brings, changes and takes back, each once', async () => {
  const owner = await app.register()
  const row = (at: number, source: string) => `Person ${at},p${at}@example.com,${source},${at % 9}.50`
  const fresh = Array.from({ length: 2 * mostRows }, (_, at) => row(at, at % 3 === 0 ? 'Fair' : 'Web'))
  const changed = Array.from({ length: mostRows }, (_, at) => row(at, 'Call'))
  const file = ['name,email,source,estimated value', ...fresh, ...changed].join('\n')
  await owner.call('POST', '/crm/leads', { body: { full_name: 'Ada Moreau', estimated_value: 7 } })
  const brought = await bringIn(owner, file, { duplicate_policy: 'overwrite' })
  expect(brought).toMatchObject({ state: 'completed', created: 2 * mostRows, updated: mostRows })

  const counted = async (wanted: number) => {
    const kept = await keptBy(owner)
    const leads = kept.filter(({ object, field }) => object === 'lead' && field === 'stage_id')
    expect(leads.map(({ records }) => Number(records))).toEqual([wanted])
    await inOrganization(owner, ({ tx }) => rebuildTotals(tx, owner.session.organization.id))
    expect(await keptBy(owner)).toEqual(kept)
  }
  // Changes are counted by who follows the events, a moment later.
  await vi.waitFor(() => counted(2 * mostRows + 1), { timeout: 10_000 })
  await owner.call('POST', `/crm/imports/${brought.id}/undo`)
  expect(await ended(owner, brought.id)).toMatchObject({ state: 'undone', undone: 2 * mostRows })
  await vi.waitFor(() => counted(1), { timeout: 10_000 })
})
