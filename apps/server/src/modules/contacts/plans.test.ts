/** Lists of contacts, and what lies one hop away, are served by indexes under the application's own role. */
import { ListQuery } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { listRecords } from '../records/index.ts'
import { contacts } from './definition.ts'

let app: TestApp
let actor: Actor

beforeAll(async () => {
  app = await createTestApp()
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (let turn = 0; turn < 2; turn += 1) {
    const { user, organization } = (await app.register()).session
    actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
    await admin.query(
      `WITH made AS (
         INSERT INTO companies (organization_id, id, name, domain, city, currency, owner_id)
         SELECT $1, uuidv7(), 'Company ' || n, 'company' || n || '.example', 'City ' || n % 50, 'EUR', $2 FROM generate_series(1, 2000) n
         RETURNING id
       ), numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM made)
       INSERT INTO contacts (organization_id, id, full_name, company_id, email, city, owner_id, created_at)
         SELECT $1, uuidv7(), 'Person ' || m, numbered.id, 'p' || m || '@company' || numbered.n || '.example', 'City ' || m % 50, $2,
           now() - make_interval(secs => m)
         FROM generate_series(1, 12000) m JOIN numbered ON numbered.n = 1 + m % 2000`,
      [organization.id, user.id],
    )
  }
  await admin.query('VACUUM ANALYZE contacts, companies')
  await admin.end()
})
afterAll(() => app?.stop())

async function planOf(query: Record<string, unknown>): Promise<string> {
  const plans: string[] = []
  await listRecords(
    explaining(app.app.platform.tenancy, actor, plans, null, plans),
    contacts,
    ListQuery.parse(query),
  )
  return plans.join('\n')
}

const filter = (field: string, op: string, value: unknown) => JSON.stringify({ field, op, value })
const some_id = '0197d5f0-0000-7000-8000-000000000000'

test.each([
  ['the newest, with their companies', { include: 'company' }, [/contacts_newest/, /companies_pkey/]],
  ['names in order', { sort: 'full_name' }, [/contacts_name/]],
  ['one e-mail', { filter: filter('email', 'eq', 'p7@company8.example') }, [/contacts_email/]],
  ['the people of a company', { filter: filter('company_id', 'eq', some_id) }, [/contacts_company/]],
  [
    'the people of a company of this name',
    { filter: filter('company.name', 'eq', 'Company 77') },
    [/companies_name/, /contacts_company/],
  ],
  [
    'the people of companies whose name begins so',
    { filter: filter('company.name', 'starts_with', 'Company 77') },
    [/companies_name/, /contacts_company/],
  ],
  [
    'the people at a domain',
    { filter: filter('company.domain', 'eq', 'company9.example') },
    [/companies_domain/],
  ],
] as const)('an index serves %s', async (_, query, indexes) => {
  const plan = await planOf(query)
  expect(plan).not.toMatch(/Seq Scan/)
  for (const index of indexes) expect(plan).toMatch(index)
})
