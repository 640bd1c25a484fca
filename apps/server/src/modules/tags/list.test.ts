/** Lists by tags: held against a plain evaluation in memory, and served by indexes under row-level security. */
import { randomUUID } from 'node:crypto'
import { ListQuery, type Company, type Contact, type Lead, type Problem, type Tag } from '@rapport/contracts'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { holds } from '../../testing/plain-evaluation.ts'
import { manyCondition, textCondition, treeOf } from '../../testing/random-filters.ts'
import { leads as leadDefinition } from '../leads/index.ts'
import { listRecords } from '../records/index.ts'

let app: TestApp
let owner: Caller
let leads: Lead[]

const vocabulary = ['hot', 'cold', 'VIP', 'São João', '2026']

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  for (let at = 0; at < 32; at += 1) {
    const tags = vocabulary.filter((_, bit) => (at >> bit) % 2 === 1)
    const body = { full_name: `Lead ${at}`, city: at % 3 === 0 ? 'Natal' : null, tags }
    const { status, text } = await owner.call('POST', '/crm/leads', { body })
    expect(status, text).toBe(201)
  }
  leads = (await list({})).body.items
})
afterAll(() => app?.stop())

type Page = { items: Lead[]; next_cursor: string | null }
const list = <Body = Page>(query: Record<string, string>, path = 'leads') =>
  owner.call<Body>('GET', `/crm/${path}?${new URLSearchParams({ limit: '200', ...query }).toString()}`)
const filtered = <Body = Page>(filter: unknown, path = 'leads') =>
  list<Body>({ filter: JSON.stringify(filter) }, path)

const word = fc.constantFrom(...vocabulary, 'nothing')
const condition = fc.oneof(
  manyCondition('tags', word),
  textCondition('city', fc.constantFrom('Natal', 'Recife')),
)

describe('a filter by tags', () => {
  test('finds exactly the leads that a plain evaluation finds, by names and by ids', async () => {
    const { body } = await owner.call<{ items: Tag[] }>('GET', '/crm/tags')
    const ids = new Map(body.items.map(({ id, name }) => [name, id]))
    await fc.assert(
      fc.asyncProperty(treeOf(condition), fc.boolean(), async (filter, by_id) => {
        const text = JSON.stringify(filter, (key, value: unknown) =>
          by_id && key === 'value' && Array.isArray(value)
            ? value.map((name: string) => ids.get(name) ?? name)
            : value,
        )
        const answer = await list({ filter: text })
        expect(answer.status, answer.text).toBe(200)
        const wanted = leads.filter((lead) => holds(lead, filter)).map(({ id }) => id)
        expect(answer.body.items.map(({ id }) => id)).toEqual(wanted)
      }),
      { numRuns: 120 },
    )
  })

  test('knows names whatever their case, and ids of nothing match nothing', async () => {
    const has = async (...value: string[]) =>
      (await filtered({ field: 'tags', op: 'has_any', value })).body.items.length
    expect(await has('vip')).toBe(16)
    expect(await has(' são joão')).toBe(16)
    expect(await has(randomUUID())).toBe(0)
  })

  test('reaches one hop, where no company is as one without tags', async () => {
    const company = (
      await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Acme', tags: ['hot'] } })
    ).body
    const made = async (full_name: string, company_id: string | null) =>
      (await owner.call<Contact>('POST', '/crm/contacts', { body: { full_name, company_id } })).body.id
    const [inside, outside] = [await made('In', company.id), await made('Out', null)]
    const found = async (filter: unknown) =>
      (await filtered<{ items: Contact[] }>(filter, 'contacts')).body.items.map(({ id }) => id)
    const hot = { field: 'company.tags', op: 'has_all', value: ['HOT'] }
    expect(await found(hot)).toEqual([inside])
    expect(await found({ not: hot })).toEqual([outside])
    expect(await found({ field: 'company.tags', op: 'is_empty' })).toEqual([outside])
  })

  test.each([
    ['another operator', { field: 'tags', op: 'eq', value: 'hot' }, 'filter.op'],
    ['no list', { field: 'tags', op: 'has_any', value: 'hot' }, 'filter.value'],
    ['an empty list', { field: 'tags', op: 'has_all', value: [] }, 'filter.value'],
    ['a number', { field: 'tags', op: 'has_any', value: ['hot', 7] }, 'filter.value.1'],
    ['a value that is not wanted', { field: 'tags', op: 'is_empty', value: ['hot'] }, 'filter.value'],
  ])('with %s is a 422 that names the place', async (_, filter, path) => {
    const answer = await filtered<Problem>(filter)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  test('is no order to sort by', async () => {
    expect((await list({ sort: 'tags' })).status).toBe(422)
  })
})

describe('an index serves', () => {
  let actor: Actor
  const rare = randomUUID()
  const common = randomUUID()

  beforeAll(async () => {
    const [mine, other] = [await app.register(), await app.register()]
    const admin = new Client({ connectionString: app.adminUrl })
    await admin.connect()
    for (const { session, call } of [mine, other]) {
      const { body } = await call<{ items: { id: string; stages: { id: string }[] }[] }>(
        'GET',
        '/crm/pipelines',
      )
      const [pipeline] = body.items
      const organization_id = session.organization.id
      await admin.query(
        `INSERT INTO leads (organization_id, id, full_name, status, pipeline_id, stage_id, rank, currency, created_at)
         SELECT $1, uuidv7(make_interval(secs => -n)), 'Person ' || n, 'new', $2, $3, 'i', 'EUR', now() - make_interval(secs => n)
         FROM generate_series(1, 12000) n`,
        [organization_id, pipeline?.id, pipeline?.stages[0]?.id],
      )
      await admin.query(
        `INSERT INTO tags (organization_id, id, name, key, color) VALUES ($1, $2, 'rare', 'rare', 'red'), ($1, $3, 'common', 'common', 'red')`,
        [organization_id, rare, common],
      )
      await admin.query(
        `INSERT INTO record_tags (organization_id, object, record_id, tag_id)
         SELECT organization_id, 'lead', id, CASE WHEN t = 0 THEN $3::uuid ELSE $2::uuid END
         FROM (SELECT organization_id, id, row_number() OVER () AS n FROM leads WHERE organization_id = $1) l
         CROSS JOIN generate_series(0, 1) t WHERE t = 1 AND n % 1000 = 0 OR t = 0 AND n % 2 = 0`,
        [organization_id, rare, common],
      )
    }
    await admin.query('VACUUM ANALYZE leads, tags, record_tags')
    await admin.end()
    const { user, organization } = mine.session
    actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
  })

  async function planOf(query: Record<string, unknown>): Promise<string> {
    const plans: string[] = []
    await listRecords(
      explaining(app.app.platform.tenancy, actor, plans, null, plans),
      leadDefinition,
      ListQuery.parse(query),
    )
    return plans.join('\n')
  }
  const by = (op: string, value?: string[]) => ({ filter: JSON.stringify({ field: 'tags', op, value }) })

  test.each([
    ['a rare tag', by('has_any', [rare]), /using record_tags_tag/],
    ['a common tag', by('has_any', [common]), /using (record_tags_pkey|record_tags_tag)/],
    ['one of several', by('has_any', [rare, common]), /using (record_tags_pkey|record_tags_tag)/],
    ['several', by('has_all', [rare, common]), /using (record_tags_pkey|record_tags_tag)/],
    ['a tag by its name', by('has_any', ['rare']), /using (record_tags_pkey|record_tags_tag)/],
    ['no tag', by('is_empty'), /using record_tags_pkey/],
    ['any tag', by('is_not_empty'), /using record_tags_pkey/],
  ])('the list of leads with %s', async (_, query, index) => {
    const plan = await planOf({ ...query, fields: 'full_name' })
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Seq Scan on (leads|record_tags)/)
  })

  test('the tags of each lead on a page, and nothing is read of them when they are not asked for', async () => {
    const plan = await planOf({})
    expect(plan).toMatch(/CTE tags_of[^]*Index Only Scan using record_tags_pkey/)
    expect(plan).not.toMatch(/Seq Scan on (leads|record_tags)/)
    expect(await planOf({ fields: 'full_name' })).not.toContain('tags')
  })
})
