/** What goals count is read from indexes by its time, whatever else an organization has. */
import { sql, type CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { fillSales } from '../../testing/sales.ts'
import { selectGoals } from './read.ts'

let app: TestApp
let actor: Actor
const rows = 20_000

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const owner of [mine, other]) {
    await fillSales(admin, owner, rows)
    await aim(owner)
  }
  await admin.query('VACUUM ANALYZE deals, leads, activities, goals, stages')
  await admin.end()
  const { user, organization } = mine.session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
})
afterAll(() => app?.stop())

const aim = async (caller: Caller) => {
  for (const metric of ['won_value', 'won_deals', 'new_leads', 'activities'])
    await caller.call('POST', '/analytics/goals', {
      body: { metric, period: 'month', starts_on: new Date().toISOString().slice(0, 10), target: 10 },
    })
}

const explain = async (asked: CompiledQuery): Promise<string> => {
  const statement = { ...asked, sql: `EXPLAIN (COSTS OFF) ${asked.sql}` } as CompiledQuery<
    Record<string, string>
  >
  const told = await app.app.platform.tenancy.readTenant(actor, statement)
  return told.map((row) => row['QUERY PLAN']).join('\n')
}

test('goals are counted from what happened in their time', async () => {
  const plan = await explain(selectGoals(actor, sql``).compile(queryBuilder))
  expect(plan).toMatch(/deals_closed/)
  expect(plan).not.toMatch(/Seq Scan on (deals|leads|activities)/)
})
