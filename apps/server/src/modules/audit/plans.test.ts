/** The list of a long audit log is served by indexes under the application's own role, page by page. */
import { AuditQuery, type AuditFilters } from '@rapport/contracts'
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, type Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { selectEntries } from './repository.ts'

let app: TestApp
let actor: Actor
let person: string
const rowsEach = 8_000

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const { session } of [mine, other])
    await admin.query(
      `SELECT append_audit($1, jsonb_build_object('kind', 'user', 'id', $2::text, 'name', 'A'), (
         SELECT jsonb_agg(jsonb_build_object('category', CASE WHEN n % 500 = 0 THEN 'security' ELSE 'business' END,
           'action', CASE WHEN n % 400 = 0 THEN 'lead.deleted' ELSE 'lead.created' END, 'object', 'lead', 'record_id', uuidv7(),
           'outcome', CASE WHEN n % 500 = 0 THEN 'refused' ELSE 'success' END, 'after', jsonb_build_object('n', n)))
         FROM generate_series(1, $3::int) n))`,
      [session.organization.id, session.user.id, rowsEach],
    )
  await admin.query('VACUUM ANALYZE audit_log')
  await admin.end()
  actor = systemActor(mine.session.organization.id)
  person = mine.session.user.id
})
afterAll(() => app?.stop())

async function planOf(query: Record<string, unknown>): Promise<string> {
  const { limit, cursor: _, ...filters } = AuditQuery.parse(query)
  const statement = selectEntries(actor, filters as AuditFilters, null, limit).compile(queryBuilder)
  const explain = { ...statement, sql: `EXPLAIN (COSTS OFF) ${statement.sql}` } as CompiledQuery<
    Record<string, string>
  >
  const rows = await app.app.platform.tenancy.readTenant(actor, explain)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const json = (...and: unknown[]) => JSON.stringify({ and })

describe('an index serves', () => {
  test.each([
    ['the newest', () => ({}), /Scan Backward using audit_log_pkey/],
    ['a rare action', () => ({ action: 'lead.deleted' }), /Scan Backward using audit_log_action/],
    ['a record', () => ({ object: 'lead', record_id: person }), /using audit_log_record/],
    ['a person', () => ({ actor_id: person }), /Scan Backward using audit_log_(actor|pkey)/],
    ['somebody who did nothing', () => ({ actor_id: actor.organization_id }), /using audit_log_actor/],
    ['security events', () => ({ category: 'security' }), /Scan Backward using audit_log_(security|refused)/],
    ['refusals', () => ({ outcome: 'refused' }), /Scan Backward using audit_log_(security|refused)/],
    [
      'a period',
      () => ({ from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }),
      /Index Cond: .*seq >= .*seq < /s,
    ],
    [
      'a period of the JSON filter',
      () => ({ filter: json({ field: 'occurred_at', op: 'between', value: ['2026-01-01', '2026-01-31'] }) }),
      /Index Cond: .*seq >= .*seq < /s,
    ],
  ])('%s', async (_, query, expected) => {
    const plan = await planOf(query())
    expect(plan).toMatch(expected)
    expect(plan).not.toMatch(/Seq Scan on audit_log/)
  })
})
