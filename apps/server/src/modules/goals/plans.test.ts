/** What goals count is read from indexes by its time, whatever else an organization has. */
import type { Pipeline } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { dealPipelines } from '../../testing/deals.ts'
import { selectGoals } from './read.ts'

let app: TestApp
let actor: Actor
const rows = 20_000

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const owner of [mine, other]) await fill(admin, owner)
  await admin.query('VACUUM ANALYZE deals, leads, activities, goals, stages')
  await admin.end()
  const { user, organization } = mine.session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
})
afterAll(() => app?.stop())

/** Ten years of leads, closed deals and calls; a goal of every kind that is counted from them. */
async function fill(admin: Client, caller: Caller): Promise<void> {
  const [pipeline] = await dealPipelines(caller)
  const { organization, user } = caller.session
  await admin.query(
    `INSERT INTO deals (organization_id, id, name, status, pipeline_id, stage_id, rank, value, currency, closed_at, owner_id, created_at)
     SELECT $1, uuidv7(make_interval(hours => -4 * n)), 'Deal ' || n, CASE WHEN n % 2 = 0 THEN 'won' ELSE 'lost' END, $2, $3,
       'i' || lpad(n::text, 8, '0') || 'V', n * 10000, 'EUR', now() - make_interval(hours => 4 * n), $4, now() - make_interval(hours => 4 * n)
     FROM generate_series(1, $5::int) n`,
    [organization.id, pipeline?.id, pipeline?.stages[0]?.id, user.id, rows],
  )
  await admin.query(
    `INSERT INTO activities (organization_id, id, object, record_id, type, actor_id, actor_name, data, occurred_at)
     SELECT organization_id, uuidv7(), 'deal', id, 'call', owner_id, 'Somebody', '{}', closed_at FROM deals WHERE organization_id = $1`,
    [organization.id],
  )
  const { body } = await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')
  const [leads] = body.items
  await admin.query(
    `INSERT INTO leads (organization_id, id, full_name, status, pipeline_id, stage_id, rank, currency, owner_id, created_at)
     SELECT $1, uuidv7(make_interval(hours => -4 * n)), 'Lead ' || n, 'new', $2, $3, 'i' || lpad(n::text, 8, '0') || 'V', 'EUR', $4,
       now() - make_interval(hours => 4 * n)
     FROM generate_series(1, $5::int) n`,
    [organization.id, leads?.id, leads?.stages[0]?.id, user.id, rows],
  )
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
