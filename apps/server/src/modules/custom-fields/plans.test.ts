/** Lists by custom fields are served by the index of their values, under the application's own role. */
import { ListQuery, roleGrants, type CustomField } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { leads } from '../leads/index.ts'
import { listRecords } from '../records/index.ts'

let app: TestApp
let actor: Actor
const rows = 12_000

const fields = [
  { key: 'size', type: 'number' },
  { key: 'worth', type: 'money' },
  { key: 'code', type: 'text' },
  { key: 'due', type: 'date' },
  { key: 'seen', type: 'datetime' },
  { key: 'tier', type: 'select', options: ['Gold', 'Silver', 'Bronze'] },
  { key: 'colours', type: 'multi_select', options: ['Red', 'Green'] },
  { key: 'mail', type: 'email' },
  { key: 'flag', type: 'boolean' },
]

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const made: CustomField[] = []
  for (const caller of [mine, other])
    for (const field of fields) {
      const body = { object: 'lead', label: field.key, ...field }
      const answer = await caller.call<CustomField>('POST', '/crm/custom-fields', { body })
      expect(answer.status, answer.text).toBe(201)
      if (caller === mine) made.push(answer.body)
    }
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const { session } of [mine, other]) await fill(admin, session.organization.id)
  await admin.query('VACUUM ANALYZE leads, custom_values')
  await admin.end()
  const { user, organization } = mine.session
  const own = made.map((field) => ({ ...field, default_value: null, retired: false }))
  actor = {
    ...ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id }),
    grants: roleGrants.owner,
    own_fields: { lead: own },
  }
})
afterAll(() => app?.stop())

async function fill(admin: Client, organization_id: string): Promise<void> {
  await admin.query(
    `INSERT INTO leads (organization_id, id, full_name, pipeline_id, stage_id, rank, currency, created_at, custom)
     SELECT $1, uuidv7(make_interval(secs => -n)), 'Person ' || n, s.pipeline_id, s.id, 'i' || lpad(n::text, 8, '0') || 'V', 'EUR',
       now() - make_interval(secs => n),
       jsonb_build_object('size', n % 1000, 'worth', n, 'code', 'C-' || n, 'due', (date '2026-01-01' + n % 700)::text,
         'seen', to_char(timestamp '2026-01-01' + make_interval(mins => n), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'mail', n || '@example.com',
         'tier', CASE n % 50 WHEN 0 THEN 'Silver' WHEN 1 THEN 'Bronze' ELSE 'Gold' END, 'flag', n % 60 = 0)
     FROM generate_series(1, ${rows}) n, (SELECT * FROM stages WHERE organization_id = $1 ORDER BY position LIMIT 1) s`,
    [organization_id],
  )
  await admin.query(
    `INSERT INTO custom_values (organization_id, field_id, record_id, number, text)
     SELECT r.organization_id, f.id, r.id, CASE WHEN jsonb_typeof(r.custom->f.key) = 'number' THEN (r.custom->>f.key)::float8 END,
       CASE WHEN jsonb_typeof(r.custom->f.key) <> 'number' THEN r.custom->>f.key END
     FROM leads r JOIN custom_fields f ON f.organization_id = r.organization_id
     WHERE r.organization_id = $1 AND r.custom ? f.key`,
    [organization_id],
  )
}

/** The plans of what a list asks. @param matches how many records the index is said to find, where that is asked. */
async function plansOf(query: Record<string, string>, matches: number): Promise<string[]> {
  const plans: string[] = []
  // A page that is cut short, so that what follows it is asked, too.
  const ctx = explaining(app.app.platform.tenancy, actor, plans, { matches, items: '[]', rows: 0 })
  await listRecords(ctx, leads, ListQuery.parse(query))
  return plans
}

const conditions: [field: string, op: string, value: unknown][] = [
  ['size', 'in', [7, 8]],
  ['size', 'lt', 3],
  ['size', 'gte', 998],
  ['size', 'between', [5, 6]],
  ['worth', 'gt', 11_990.5],
  ['code', 'in', ['C-77', 'C-78']],
  ['code', 'starts_with', 'C-1199'],
  ['due', 'eq', '2026-03-01'],
  ['due', 'lte', '2026-01-02'],
  ['due', 'between', ['2026-01-01', '2026-01-02']],
  ['due', 'within', 'this_month'],
  ['seen', 'eq', '2026-01-02'],
  ['seen', 'lt', '2026-01-01T00:10:00Z'],
  ['tier', 'in', ['Silver', 'Bronze']],
  ['colours', 'has_any', ['Red', 'Green']],
  ['colours', 'has_all', ['Red', 'Green']],
]

const indexed =
  /Scan (Backward )?using custom_values_(number|text) on custom_values v[^\n]*\n\s*Index Cond: [^\n]*field_id = [^\n]*/

describe('what few records meet is collected from the index', () => {
  test.each(conditions)('%s %s %j', async (field, op, value) => {
    const [asked = '', page = ''] = await plansOf({ filter: filterOf(field, op, value) }, 3)
    for (const plan of [asked, page])
      expect(indexed.exec(plan)?.[0], plan).toMatch(/\((number|text) |\btext\b|\bnumber\b/)
    expect(page).not.toMatch(/Scan (?![^\n]*leads_pkey)[^\n]* on leads r/)
    expect(page).not.toMatch(/Seq Scan on (leads|custom_values)/)
  })
})

describe('what many records meet is tested in the order of the list', () => {
  test.each([
    ['size', 'gte', 17],
    ['tier', 'in', ['Gold', 'Silver']],
  ])('%s %s %j', async (field, op, value) => {
    const [, page = ''] = await plansOf({ filter: filterOf(field, op, value) }, 1_000_000)
    expect(page).toMatch(/Index Scan Backward using leads_pkey on leads r/)
    expect(page).not.toContain('custom_values')
  })
})

describe('what has one value is read from its index, newest first, however many there are', () => {
  test.each([
    ['size', 'eq', 7],
    ['code', 'eq', 'C-77'],
    ['tier', 'eq', 'Gold'],
    ['tier', 'in', ['Silver']],
    ['mail', 'eq', '5@example.com'],
    ['flag', 'eq', true],
    ['colours', 'has_any', ['Red']],
  ])('%s %s %j', async (field, op, value) => {
    const [page = '', ...others] = await plansOf({ filter: filterOf(field, op, value) }, 0)
    expect(others).toEqual([])
    expect(indexed.exec(page)?.[0], page).toMatch(/\((number|text) = |\b(text|number) = /)
    expect(page).toMatch(/Scan Backward using custom_values/)
    expect(page.match(/Sort Key: (?!p\.n|g\.)/g), page).toBeNull()
    expect(page).not.toMatch(/Seq Scan on (leads|custom_values)/)
  })
})

describe('the order of a field is that of its index', () => {
  test.each(['size', '-size', '-worth', 'code', '-due', 'seen', 'tier', 'flag'])('%s', async (key) => {
    const sort = key.startsWith('-') ? `-custom.${key.slice(1)}` : `custom.${key}`
    const [valued = '', others = ''] = await plansOf({ sort }, 0)
    expect(valued).toMatch(indexed)
    expect(valued.match(/Sort Key: (?!p\.n|g\.)/g)).toBeNull()
    expect(valued).not.toMatch(/Seq Scan on (leads|custom_values)/)
    expect(others).toContain('Anti Join')
  })
})

const filterOf = (field: string, op: string, value: unknown) =>
  JSON.stringify({ field: `custom.${field}`, op, value })
