/** Lists of an object that an organization made are served by indexes that all organizations share. */
import { ListQuery, type CustomField } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { listRecords } from '../records/index.ts'
import { customRecords } from './definition.ts'
import { aField, anObject } from './own-objects.fixture.ts'

let app: TestApp
let actor: Actor
const rows = 12_000
const target = '01980000-0000-7000-8000-000000000007'
const objects = ['rocket', 'probe']

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const made: CustomField[] = []
  for (const caller of [mine, other])
    for (const key of objects) {
      await anObject(caller, { key })
      const fields = [
        await aField(caller, key, 'size', { type: 'number' }),
        await aField(caller, key, 'pilot', { type: 'relation', to: 'contact' }),
      ]
      if (caller === mine && key === objects[0]) made.push(...fields)
    }
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const caller of [mine, other]) await fill(admin, caller)
  await admin.query('VACUUM ANALYZE custom_records, custom_values')
  await admin.end()
  const { user, organization } = mine.session
  actor = {
    ...ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id }),
    own_objects: new Set(objects),
    own_fields: { rocket: made.map((field) => ({ ...field, retired: false })) },
  }
})
afterAll(() => app?.stop())

async function fill(admin: Client, { session }: Caller): Promise<void> {
  const organization_id = session.organization.id
  for (const object of objects)
    await admin.query(
      `INSERT INTO custom_records (organization_id, id, object, name, owner_id, created_at, custom)
       SELECT $1, uuidv7(make_interval(secs => -n)), $2, 'Number ' || n, $3, now() - make_interval(secs => n),
         jsonb_build_object('size', n % 1000, 'pilot', CASE WHEN n % 3000 = 0 THEN $4 ELSE uuidv7()::text END)
       FROM generate_series(1, ${rows}) n`,
      [organization_id, object, session.user.id, target],
    )
  await admin.query(
    `INSERT INTO custom_values (organization_id, field_id, record_id, number, text)
     SELECT r.organization_id, f.id, r.id, CASE WHEN f.key = 'size' THEN (r.custom->>f.key)::float8 END,
       CASE WHEN f.key <> 'size' THEN r.custom->>f.key END
     FROM custom_records r JOIN custom_fields f ON f.organization_id = r.organization_id AND f.object = r.object
     WHERE r.organization_id = $1`,
    [organization_id],
  )
}

/** The plans of what a list asks. @param matches how many records the index is said to find, where that is asked. */
async function plansOf(query: Record<string, string>, matches = 0): Promise<string[]> {
  const plans: string[] = []
  const ctx = explaining(app.app.platform.tenancy, actor, plans, { matches, items: '[]', rows: 1_000 })
  await listRecords(ctx, customRecords('rocket'), ListQuery.parse(query))
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (custom_records|custom_values)/)
  return plans
}

const filterOf = (field: string, op: string, value: unknown) => JSON.stringify({ field, op, value })
const last = (plans: string[]) => plans.at(-1) ?? ''
const byValue =
  /Scan (Backward )?using custom_values_(number|text) on custom_values v[^\n]*\n\s*Index Cond: [^\n]*field_id = /

describe('by a field of its own', () => {
  test.each(['custom.size', '-custom.size'])('the order %s is that of the index', async (sort) => {
    const plan = last(await plansOf({ sort }))
    expect(plan).toMatch(byValue)
    expect(plan.match(/Sort Key: (?!p\.n|g\.)/g)).toBeNull()
  })

  test.each([
    ['custom.size', 'between', [5, 6]],
    ['custom.pilot', 'eq', target],
  ])('what few meet of %s %s is collected from the index, in any order', async (field, op, value) => {
    const plan = last(await plansOf({ filter: filterOf(field, op, value), sort: '-custom.size' }, 4))
    expect(plan).toMatch(/Scan [^\n]*custom_values/)
    const newest = last(await plansOf({ filter: filterOf(field, op, value) }, 4))
    expect(newest).toMatch(byValue)
  })

  test('filtered and sorted by one number, the list is a stretch of its index', async () => {
    const filter = filterOf('custom.size', 'gte', 17)
    const plan = last(await plansOf({ filter, sort: 'custom.size' }, 1_000_000))
    expect(plan).toMatch(byValue)
    expect(plan).toMatch(/Index Cond: [^\n]*number >= /)
    expect(plan.match(/Sort Key: (?!p\.n|g\.)/g)).toBeNull()
  })
})

describe('by what every record has', () => {
  test.each([
    [{}, 'custom_records_newest'],
    [{ sort: 'name' }, 'custom_records_name'],
    [{ filter: filterOf('name', 'eq', 'Number 5') }, 'custom_records_name'],
    [{ trashed: 'true' }, 'custom_records_trash'],
  ] as [Record<string, string>, string][])('%j is served by %s', async (query, index) => {
    const plan = last(await plansOf(query))
    expect(plan).toContain(index)
    expect(plan).toMatch(/Index Cond: [^\n]*object = /)
  })
})
