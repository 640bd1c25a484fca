/** A forecast reads the months that it tells from an index, and nothing else, whatever else an organization has. */
import { ForecastChangesQuery, ForecastQuery } from '@rapport/contracts'
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { readChanges } from './changes.ts'
import { readForecast } from './forecast.ts'
import { dealPipelines } from '../../testing/deals.ts'

let app: TestApp
let actor: Actor
const rows = 20_000

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const owner of [mine, other]) await fill(admin, owner)
  await admin.query('VACUUM ANALYZE deals, deal_history, stages')
  await admin.end()
  const { user, organization } = mine.session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
})
afterAll(() => app?.stop())

/** Deals of ten years: half of them open, the others closed. */
async function fill(admin: Client, caller: Caller): Promise<void> {
  const [pipeline] = await dealPipelines(caller)
  const { organization, user } = caller.session
  const stages = pipeline?.stages.map(({ id }) => id)
  await admin.query(
    `INSERT INTO deals (organization_id, id, name, status, pipeline_id, stage_id, rank, value, currency, expected_close, closed_at, owner_id, created_at)
     SELECT $1, uuidv7(make_interval(secs => -n)), 'Deal ' || n, CASE WHEN n % 2 = 0 THEN 'open' WHEN n % 4 = 1 THEN 'won' ELSE 'lost' END,
       $2, ($3::uuid[])[1 + n % 3], 'i' || lpad(n::text, 8, '0') || 'V', n * 10000, 'EUR', date '2020-01-01' + n % 3650,
       CASE WHEN n % 2 = 1 THEN timestamptz '2020-01-01' + make_interval(days => n % 3650) END, $4, now() - make_interval(mins => n)
     FROM generate_series(1, $5::int) n`,
    [organization.id, pipeline?.id, stages, user.id, rows],
  )
  await admin.query(
    `INSERT INTO deal_history (organization_id, deal_id, until, status, pipeline_id, stage_id, owner_id, value, currency, expected_close, stage_probability)
     SELECT organization_id, id, now() - make_interval(hours => 1 + (value / 10000)::int), 'open', pipeline_id, stage_id, owner_id, value, currency,
       expected_close, 10 FROM deals WHERE organization_id = $1`,
    [organization.id],
  )
}

async function planOf(work: (ctx: ReadContext) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  const read = async <Row>(asked: CompiledQuery<Row>): Promise<Row[]> => {
    const explain = { ...asked, sql: `EXPLAIN (COSTS OFF) ${asked.sql}` } as CompiledQuery<
      Record<string, string>
    >
    const told = await app.app.platform.tenancy.readTenant(actor, explain)
    plans.push(told.map((row) => row['QUERY PLAN']).join('\n'))
    return [{} as Row]
  }
  await work({ actor, read }).catch((error: unknown) => expect(error).toBeInstanceOf(TypeError))
  expect(plans.length).toBeLessThanOrEqual(2)
  return plans.join('\n')
}

const span = { from: '2026-01', to: '2026-03' }

describe('under row-level security, in one round trip', () => {
  test('a forecast reads deals from nothing but the indexes of open and of closed ones', async () => {
    for (const group_by of ['none', 'owner', 'team', 'pipeline']) {
      const plan = await planOf((ctx) => readForecast(ctx, ForecastQuery.parse({ ...span, group_by })))
      expect(plan).not.toMatch(/Seq Scan on (deals|deal_history)/)
      expect(plan).toMatch(/Index Only Scan using deals_forecast on deals/)
      expect(plan).toMatch(/Index Only Scan using deals_closed on deals/)
      expect(plan).not.toMatch(/(?<!Only )Scan (using|on) deals_(?!forecast|closed)/)
    }
  })

  test('what changed is found by when it changed', async () => {
    const since = new Date(Date.now() - 86_400_000).toISOString()
    for (const measure of ['won', 'open', 'weighted']) {
      const query = ForecastChangesQuery.parse({ ...span, since, measure })
      const plan = await planOf((ctx) => readChanges(ctx, query))
      expect(plan).not.toMatch(/Seq Scan on (deals|deal_history)/)
      expect(plan).toMatch(/deal_history_since/)
      expect(plan).toMatch(/deals_newest/)
    }
  })
})
