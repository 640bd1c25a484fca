/** Pairs are read a page at a time by indexes, also right after a scan, when nobody has counted them yet. */
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, type Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { contacts } from '../contacts/index.ts'
import { selectPairs } from './repository.ts'

let app: TestApp
let actor: Actor
let admin: Client
const pairs = 4_000

beforeAll(async () => {
  app = await createTestApp()
  const { session } = await app.register()
  actor = systemActor(session.organization.id)
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  await admin.query(
    `INSERT INTO contacts (organization_id, id, full_name) SELECT $1, uuidv7(), 'Contact ' || n FROM generate_series(1, $2::int) n`,
    [actor.organization_id, 2 * pairs],
  )
  await admin.query('ANALYZE contacts')
  await admin.query(
    `INSERT INTO duplicates (organization_id, id, object, a_id, b_id, score, reasons, scan_id)
     SELECT $1, uuidv7(), 'contact', c.ids[2 * n - 1], c.ids[2 * n], n / 1e6, '[]', $1
     FROM (SELECT array_agg(id ORDER BY id) AS ids FROM contacts WHERE organization_id = $1) c, generate_series(1, $2::int) n`,
    [actor.organization_id, pairs],
  )
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

async function planOfPage(): Promise<string> {
  const statement = selectPairs(actor, contacts.records, { state: 'open', limit: 50 }).compile(queryBuilder)
  const explain = { ...statement, sql: `EXPLAIN (COSTS OFF) ${statement.sql}` } as CompiledQuery<
    Record<string, string>
  >
  const rows = await app.app.platform.tenancy.readTenant(actor, explain)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('each record of a pair is looked up by its id, before and after the planner knows the pairs', async () => {
  const before = await planOfPage()
  await admin.query('ANALYZE duplicates')
  const after = await planOfPage()
  for (const plan of [before, after]) {
    expect(plan.match(/Index Scan using contacts_pkey/g), plan).toHaveLength(2)
    expect(plan).not.toMatch(/Seq Scan|Hash/)
  }
  expect(after).toMatch(/Scan Backward using duplicates_best/)
})
