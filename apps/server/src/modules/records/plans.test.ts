/**
 * Lists of companies, contacts and deals are served by indexes under the application's own role, by their standard
 * fields and by those that the organization made. Leads have tests of their own.
 */
import { ListQuery, type CustomField, type Pipeline } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { companies } from '../companies/index.ts'
import { contacts } from '../contacts/index.ts'
import { deals } from '../deals/index.ts'
import type { BaseRow, RecordDefinition } from './definition.ts'
import { listRecords, readTimeline } from './read.ts'

const definitions = { company: companies, contact: contacts, deal: deals } as const
type Listed = keyof typeof definitions

let app: TestApp
let actor: Actor
const rows = 8_000
const some_id = '0197d5f0-0000-7000-8000-000000000000'

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const made = [await makeFields(mine), await makeFields(other)]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const caller of [mine, other]) await fill(admin, caller)
  await admin.query('VACUUM ANALYZE companies, contacts, deals, custom_values, activities')
  await admin.end()
  const { user, organization } = mine.session
  const own = (made[0] ?? []).map((field) => ({ ...field, default_value: null, retired: false }))
  actor = {
    ...ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id }),
    own_fields: Object.fromEntries(
      Object.keys(definitions).map((object) => [object, own.filter((field) => field.object === object)]),
    ),
  }
})
afterAll(() => app?.stop())

const fields = [
  { key: 'size', type: 'number' },
  { key: 'code', type: 'text' },
  { key: 'due', type: 'date' },
  { key: 'tier', type: 'select', options: ['Gold', 'Silver'] },
]

async function makeFields(caller: Caller): Promise<CustomField[]> {
  const made: CustomField[] = []
  for (const object of Object.keys(definitions))
    for (const field of fields) {
      const body = { object, label: field.key, ...field }
      const answer = await caller.call<CustomField>('POST', '/crm/custom-fields', { body })
      expect(answer.status, answer.text).toBe(201)
      made.push(answer.body)
    }
  return made
}

const custom = `jsonb_build_object('size', n, 'code', 'C-' || n, 'due', (date '2026-01-01' + n % 700)::text,
  'tier', (ARRAY['Gold','Silver'])[1 + (n % 100 = 0)::int])`

async function fill(admin: Client, { session, call }: Caller): Promise<void> {
  const { organization, user } = session
  const { body } = await call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=deal')
  const [pipeline] = body.items
  const known = [organization.id, user.id]
  await admin.query(
    `INSERT INTO companies (organization_id, id, name, domain, external_id, currency, owner_id, created_at, custom)
     SELECT $1, uuidv7(), 'Company ' || n, 'company' || n || '.example', 'E' || n, 'EUR', $2, now() - make_interval(secs => n), ${custom}
     FROM generate_series(1, ${rows}) n`,
    known,
  )
  await admin.query(
    `INSERT INTO contacts (organization_id, id, full_name, email, external_id, company_id, owner_id, created_at, custom)
     SELECT $1, uuidv7(), 'Person ' || n, 'p' || n || '@example.com', 'E' || n, c.id, $2, now() - make_interval(secs => n), ${custom}
     FROM generate_series(1, ${rows}) n JOIN companies c ON c.organization_id = $1 AND c.name = 'Company ' || (1 + n % 2000)`,
    known,
  )
  await admin.query(
    `INSERT INTO deals (organization_id, id, name, status, pipeline_id, stage_id, rank, currency, value, expected_close, closed_at, external_id,
       company_id, owner_id, created_at, custom)
     SELECT $1, uuidv7(), 'Deal ' || n, (ARRAY['open','won','lost'])[1 + n % 3], $3, ($4::uuid[])[1 + n % 3], 'i' || lpad(n::text, 8, '0') || 'V',
       'EUR', n * 10000, date '2026-01-01' + n % 700, CASE WHEN n % 3 > 0 THEN now() END, 'E' || n, c.id, CASE WHEN n % 50 = 0 THEN $2::uuid END, now() - make_interval(secs => n), ${custom}
     FROM generate_series(1, ${rows}) n JOIN companies c ON c.organization_id = $1 AND c.name = 'Company ' || (1 + n % 2000)`,
    [...known, pipeline?.id, pipeline?.stages.map(({ id }) => id)],
  )
  await admin.query(
    `INSERT INTO activities (organization_id, id, object, record_id, type, actor_id, actor_name, occurred_at)
     SELECT $1, uuidv7(), r.object, r.id, 'note', $2, 'Ana', now() - make_interval(secs => n) FROM generate_series(1, 3) n,
       (SELECT 'company' AS object, id FROM companies WHERE organization_id = $1 UNION ALL SELECT 'contact', id FROM contacts
        WHERE organization_id = $1 UNION ALL SELECT 'deal', id FROM deals WHERE organization_id = $1) r`,
    known,
  )
  await admin.query(
    `INSERT INTO custom_values (organization_id, field_id, record_id, number, text)
     SELECT $1, f.id, r.id, CASE WHEN f.key = 'size' THEN (r.custom->>'size')::float8 END, CASE WHEN f.key <> 'size' THEN r.custom->>f.key END
     FROM (SELECT 'company' AS object, id, custom FROM companies WHERE organization_id = $1
       UNION ALL SELECT 'contact', id, custom FROM contacts WHERE organization_id = $1
       UNION ALL SELECT 'deal', id, custom FROM deals WHERE organization_id = $1) r
     JOIN custom_fields f ON f.organization_id = $1 AND f.object = r.object`,
    [organization.id],
  )
}

/** The plans of what a list asks. @param matches how many records the index of own values is said to find */
async function plansOf(object: Listed, query: Record<string, string>, matches = 3): Promise<string> {
  const plans: string[] = []
  const ctx = explaining(app.app.platform.tenancy, actor, plans, { matches, items: '[]', rows: 0 })
  const definition = definitions[object] as unknown as RecordDefinition<BaseRow>
  await listRecords(ctx, definition, ListQuery.parse(query))
  return plans.join('\n')
}

const where = (field: string, op: string, value?: unknown) => ({
  filter: JSON.stringify({ field, op, ...(value === undefined ? {} : { value }) }),
})

const standard: [object: Listed, what: string, query: Record<string, string>, index: RegExp][] = [
  ['company', 'the newest', {}, /companies_newest/],
  ['company', 'names in order', { sort: 'name' }, /companies_name/],
  ['company', 'one name', where('name', 'eq', 'Company 7'), /companies_name/],
  ['company', 'names that begin so', where('name', 'starts_with', 'Company 777'), /companies_name/],
  ['company', 'one of some names', where('name', 'in', ['Company 7', 'Company 8']), /companies_name/],
  ['company', 'one domain', where('domain', 'eq', 'company9.example'), /companies_domain/],
  ['company', 'one external id', where('external_id', 'eq', 'E9'), /companies_external/],
  ['company', 'those below one', where('parent_id', 'eq', some_id), /companies_parent/],
  ['company', 'those of one owner', where('owner_id', 'eq', some_id), /companies_owner/],
  ['company', 'the newest of a day', where('created_at', 'within', 'today'), /companies_newest/],
  ['company', 'the trash', { trashed: 'true' }, /companies_trash/],
  ['contact', 'one external id', where('external_id', 'eq', 'E9'), /contacts_external/],
  ['contact', 'one name', where('full_name', 'eq', 'Person 7'), /contacts_name/],
  [
    'contact',
    'one of some addresses',
    where('email', 'in', ['p1@example.com', 'p2@example.com']),
    /contacts_email/,
  ],
  ['contact', 'those of one owner', where('owner_id', 'eq', some_id), /contacts_owner/],
  ['contact', 'the newest of a day', where('created_at', 'within', 'today'), /contacts_newest/],
  ['contact', 'the trash', { trashed: 'true' }, /contacts_trash/],
  ['deal', 'the newest', {}, /deals_newest/],
  ['deal', 'names in order', { sort: 'name' }, /deals_name/],
  ['deal', 'names that begin so', where('name', 'starts_with', 'Deal 777'), /deals_name/],
  ['deal', 'one status', where('status', 'eq', 'won'), /deals_status/],
  ['deal', 'one stage', where('stage_id', 'eq', some_id), /deals_(board|stage)/],
  ['deal', 'those of one owner', where('owner_id', 'eq', 'me'), /deals_owner/],
  ['deal', 'those of a company', where('company_id', 'eq', some_id), /deals_company/],
  [
    'deal',
    'those of a company of this name',
    where('company.name', 'eq', 'Company 77'),
    /companies_name[^]*deals_company|deals_company[^]*companies_name/,
  ],
  ['deal', 'the most valuable', { sort: '-value' }, /deals_value/],
  ['deal', 'values above one', { ...where('value', 'gte', 7_990), sort: '-value' }, /deals_value/],
  ['deal', 'what closes next', { sort: 'expected_close' }, /deals_expected/],
  ['deal', 'what closes on a day', where('expected_close', 'eq', '2026-03-01'), /deals_expected/],
  [
    'deal',
    'what closes between days',
    where('expected_close', 'between', ['2026-01-01', '2026-01-02']),
    /deals_expected/,
  ],
  ['deal', 'one external id', where('external_id', 'eq', 'E9'), /deals_external/],
  ['deal', 'the trash', { trashed: 'true' }, /deals_trash/],
]

test.each(standard)('an index serves the list of every %s: %s', async (object, _, query, index) => {
  const plan = await plansOf(object, query)
  expect(plan).toMatch(index)
  expect(plan).not.toMatch(/Seq Scan on (companies|contacts|deals)/)
})

test('an index serves the timeline of a company with its people and deals, record by record', async () => {
  const plans: string[] = []
  const told = { items: '[]', last: null, pinned: '[]' }
  const ctx = explaining(app.app.platform.tenancy, actor, plans, told)
  await readTimeline(ctx, companies, some_id, { limit: 50, related: 'true', types: 'note,call' })
  const [plan = ''] = plans
  // Its own, those of its people and deals, and that of a lead it may have been.
  expect(plan.match(/Index Scan using activities_timeline/g)).toHaveLength(4)
  expect(plan.match(/Scan (using|on) activities_pinned/g)?.length).toBeGreaterThan(0)
  expect(plan).toMatch(/contacts_company/)
  expect(plan).toMatch(/deals_company/)
  expect(plan).not.toMatch(/Seq Scan/)
})

const conditions: [field: string, op: string, value: unknown][] = [
  ['size', 'eq', 7],
  ['size', 'in', [7, 8]],
  ['size', 'lt', 3],
  ['size', 'gte', 7_998],
  ['size', 'between', [5, 6]],
  ['code', 'eq', 'C-77'],
  ['code', 'starts_with', 'C-799'],
  ['due', 'eq', '2026-03-01'],
  ['due', 'lte', '2026-01-01'],
  ['tier', 'eq', 'Silver'],
  ['tier', 'in', ['Silver']],
]
const indexed =
  /Scan (Backward )?using custom_values_(number|text) on custom_values v[^\n]*\n\s*Index Cond: [^\n]*field_id = /

describe.each(['company', 'contact', 'deal'] as const)('own fields of every %s', (object) => {
  const { table } = definitions[object].records

  test.each(conditions)('%s %s %j is found by the index of the values', async (field, op, value) => {
    const plan = await plansOf(object, where(`custom.${field}`, op, value))
    expect(plan).toMatch(indexed)
    expect(plan).not.toMatch(new RegExp(`Scan (?![^\\n]*${table}_pkey)[^\\n]* on ${table} r`))
    expect(plan).not.toMatch(/Seq Scan on (companies|contacts|deals|custom_values)/)
  })

  test.each(['size', '-size', 'code', '-due', 'tier'])(
    'the order of %s is that of the index',
    async (key) => {
      const sort = key.startsWith('-') ? `-custom.${key.slice(1)}` : `custom.${key}`
      const plan = await plansOf(object, { sort }, 0)
      expect(plan).toMatch(indexed)
      expect(plan).not.toMatch(/Seq Scan on (companies|contacts|deals|custom_values)/)
    },
  )
})
