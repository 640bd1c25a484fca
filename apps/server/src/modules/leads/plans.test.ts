/** Every hot query is served by an index under the application's own role, to which row-level security applies. */
import { randomUUID } from 'node:crypto'
import { ListQuery, roleGrants, type Pipeline } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { explaining } from '../../testing/explain.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { findRecords, matchClause } from '../search/index.ts'
import { readBoard, valuedOf } from '../staged/index.ts'
import { getRecord, listRecords, readGroups, readTimeline } from '../records/index.ts'
import { leads } from './definition.ts'

let app: TestApp
let actor: Actor
let pipeline: Pipeline
const rowsEach = 12_000

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const owner of [mine, other]) pipeline = await fill(admin, owner)
  pipeline = await fill(admin, mine, 1)
  await admin.query(
    `INSERT INTO record_totals SELECT o.id, 'lead', f, 'Value ' || n, 'EUR', 1, 10000, 0, 0
     FROM organizations o, unnest(ARRAY['source', 'status', 'stage_id', 'owner_id']) f, generate_series(1, CASE WHEN f = 'source' THEN 3000 ELSE 6 END) n`,
  )
  await admin.query('VACUUM ANALYZE leads, search_documents, search_words, activities, stages, record_totals')
  await admin.end()
  const { user, organization } = mine.session
  actor = ownerActor({
    user_id: user.id,
    name: user.full_name,
    organization_id: organization.id,
    currency: 'EUR',
  })
})
afterAll(() => app?.stop())

async function fill(admin: Client, { session, call }: Caller, rows = rowsEach): Promise<Pipeline> {
  const { body } = await call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  const target = body.items[0] as Pipeline
  const { organization, user } = session
  await admin.query(
    `WITH made AS (
       INSERT INTO leads (organization_id, id, full_name, city, status, pipeline_id, stage_id, rank, currency, owner_id, estimated_value, created_at)
       SELECT $1, uuidv7(make_interval(secs => -n)), 'Person ' || n, 'City ' || n % 50, (ARRAY['new','working','nurturing','qualified','lost'])[1 + n % 5],
         $2, ($3::uuid[])[1 + n % 6], 'i' || lpad(n::text, 8, '0') || 'V', 'EUR', CASE WHEN n % 7 = 0 THEN $4::uuid END, n * 10000, now() - make_interval(secs => n)
       FROM generate_series(1, $5::int) n RETURNING *
     ), documents AS (
       INSERT INTO search_documents (organization_id, object, record_id, owner_id, title, words)
       SELECT organization_id, 'lead', id, owner_id, full_name, '|person|' || substr(full_name, 8) || '|' FROM made)
     INSERT INTO search_words (organization_id, record_id, marks, word)
     SELECT organization_id, id, -1, 'lead ' || w FROM made, unnest(ARRAY['person', substr(full_name, 8)]) w`,
    [organization.id, target.id, target.stages.map((stage) => stage.id), user.id, rows],
  )
  await admin.query(
    `INSERT INTO activities (organization_id, id, object, record_id, type, actor_name)
     SELECT organization_id, uuidv7(), 'lead', id, 'created', 'Test' FROM leads WHERE organization_id = $1`,
    [organization.id],
  )
  return target
}

/** The plans of the statements that `work` would read. */
async function plansOf(work: (ctx: ReadContext) => Promise<unknown>, as = actor): Promise<string> {
  const plans: string[] = []
  // Nothing is found, as only the plan is asked for; what the reader makes of that does not matter here.
  await work(explaining(app.app.platform.tenancy, as, plans)).catch((error: unknown) =>
    expect(error).toHaveProperty('status', 404),
  )
  expect(plans.length).toBeGreaterThan(0)
  return plans.join('\n')
}

/** The first statement: that nothing is found has the words corrected, which is another search. */
async function statementOf(work: (ctx: ReadContext) => Promise<unknown>): Promise<CompiledQuery> {
  const asked: CompiledQuery[] = []
  const read = async <Row>(query: CompiledQuery<Row>): Promise<Row[]> => {
    asked.push(query)
    return []
  }
  await work({ actor, read })
  const [first] = asked
  if (!first) throw new Error('Nothing was asked.')
  return first
}

/** How many pages of the database a statement looks at, once its plans are made. */
async function pagesOf({ sql: text, parameters }: CompiledQuery): Promise<number> {
  const explain = { sql: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, parameters }
  type Pages = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
  type Explained = CompiledQuery<{ 'QUERY PLAN': { Plan: Pages }[] }>
  const read = () => app.app.platform.tenancy.readTenant(actor, explain as unknown as Explained)
  await read() // makes the plans, for which the catalogue is read
  const [row] = await read()
  const pages = row?.['QUERY PLAN'][0]?.Plan
  return (pages?.['Shared Hit Blocks'] ?? Infinity) + (pages?.['Shared Read Blocks'] ?? 0)
}

const list = (query: Record<string, unknown>, as = actor) =>
  plansOf((ctx) => listRecords(ctx, leads, ListQuery.parse(query)), as)

const filter = (field: string, op: string, value: unknown) => JSON.stringify({ field, op, value })

async function cursorOf(query: Record<string, unknown>): Promise<string> {
  const { tenancy } = app.app.platform
  const read = async <Row>(statement: CompiledQuery<Row>) => tenancy.readTenant<Row>(actor, statement)
  const { text } = await listRecords({ actor, read }, leads, ListQuery.parse(query))
  return (JSON.parse(text) as { next_cursor: string }).next_cursor
}

describe('an index serves', () => {
  test.each([
    ['the newest', {}, /Index (Only )?Scan using leads_newest/],
    ['one status', { filter: filter('status', 'eq', 'lost') }, /Index (Only )?Scan using leads_status/],
    ['one owner', { filter: filter('owner_id', 'eq', 'me') }, /Index (Only )?Scan using leads_owner/],
    [
      'those without an owner',
      { filter: filter('owner_id', 'is_empty', undefined) },
      /Index (Only )?Scan using leads_(owner|newest)/,
    ],
    [
      'one e-mail',
      { filter: filter('email', 'eq', 'a@example.com') },
      /Index (Only )?Scan using leads_email/,
    ],
    [
      'names by their beginning',
      { filter: filter('full_name', 'starts_with', 'Person 777'), sort: 'full_name' },
      /Index (Only )?Scan using leads_name/,
    ],
    [
      'the newest of a day',
      { filter: filter('created_at', 'within', 'today') },
      /Index (Only )?Scan using leads_newest/,
    ],
    ['by name', { sort: 'full_name' }, /Index (Only )?Scan using leads_name/],
    ['by last change', { sort: '-updated_at' }, /Index (Only )?Scan using leads_updated/],
    ['the trash', { trashed: 'true' }, /Index (Only )?Scan using leads_trash/],
  ])('the list of %s', async (_, query, index) => {
    const plan = await list(query)
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Seq Scan on leads/)
  })

  test.each([
    ['the newest', {}, /Index (Only )?Scan using leads_newest[^]*Index Cond: .*ROW\(created_at, id\) </],
    [
      'one status',
      { filter: filter('status', 'eq', 'lost') },
      /Index (Only )?Scan using leads_status[^]*Index Cond: .*ROW\(created_at, id\) </,
    ],
    [
      'by name',
      { sort: 'full_name' },
      /Index (Only )?Scan using leads_name[^]*Index Cond: .*ROW\(full_name, id\) >/,
    ],
  ])('the next page of %s, which begins where the last one ended', async (_, query, index) => {
    expect(await list({ ...query, cursor: await cursorOf(query) })).toMatch(index)
  })

  test.each([
    ['in its own order', {}, /ANY \(\(InitPlan \d+\)\.col1\)/],
    ['in another order', { sort: 'full_name' }, /search_all/],
    ['with a filter', { filter: filter('status', 'eq', 'new') }, /search_all/],
  ])('a searched list %s', async (_, query, by) => {
    const plan = await list({ q: 'person 777', ...query })
    expect(plan).toMatch(/Index (Only )?Scan (Backward )?using leads_(pkey|status)/)
    expect(plan).toMatch(by)
    expect(plan).not.toMatch(/Seq Scan on (leads|search_documents|search_words)/)
  })

  test.each([
    ['one word', 'person'],
    ['a rare word', '777'],
    ['two words', 'person 777'],
    ['a common and a begun word', 'person 77'],
    ['one letter', 'p'],
    ['a number in pairs', '28 23 04 55'],
  ])('the search for %s, which reads a small part of the words', async (_, q) => {
    const match = matchClause(actor, 'lead', 'leads:read', q)
    if (!match) throw new Error('There is nothing to ask for.')
    expect(await pagesOf(match.newest(null, 51).compile(queryBuilder))).toBeLessThan(800)
    const together = await statementOf((ctx) => findRecords(ctx, { q, limit: 20 }))
    expect(await pagesOf(together)).toBeLessThan(1600)
  })

  test('a search over many kinds of records, each of which costs a few pages', async () => {
    const ofKinds = (count: number) => {
      const kinds = Array.from({ length: count }, (_, n) => ({
        kind: n === 0 ? 'lead' : `kind_${n}`,
        owners: null,
      }))
      const readings = [{ leads: ['person'], tests: ['%|person%'], mask: '0' }]
      return sql`SELECT * FROM search_together(${actor.organization_id}::uuid, ${JSON.stringify(kinds)}::jsonb,
        ${JSON.stringify(readings)}::jsonb, '=person', 20, 60)`.compile(queryBuilder)
    }
    const [one, many] = [await pagesOf(ofKinds(1)), await pagesOf(ofKinds(41))]
    expect(one).toBeGreaterThan(20)
    expect(many - one).toBeLessThan(40 * 12)
  })

  test('a record, its timeline, and each column of the board', async () => {
    const { id } = pipeline
    expect(await plansOf((ctx) => getRecord(ctx, leads, id))).toMatch(/Index (Only )?Scan using leads_pkey/)
    expect(await plansOf((ctx) => readTimeline(ctx, leads, id, { limit: 50 }))).toMatch(
      /Index Scan using activities_timeline/,
    )
    const board = await plansOf((ctx) => readBoard(ctx, valuedOf('lead'), id, { limit: 50 }))
    expect(board).toMatch(/Index (Only )?Scan using leads_board/)
    expect(board).not.toMatch(/Seq Scan on leads/)
  })

  describe('the newest leads of a member who may read those of their teams', () => {
    const member = () => {
      const colleagues = [actor.user_id ?? '', randomUUID(), randomUUID(), randomUUID()]
      const grants = { ...roleGrants.caller, 'leads:read': 'team' } as const
      return { ...actor, role: 'caller', grants, team_user_ids: colleagues }
    }

    test.each([
      ['in the list', {}],
      ['with a filter', { filter: filter('status', 'eq', 'new') }],
      ['with a search', { q: 'person 777' }],
    ])('%s', async (_, query) => {
      const plan = await list(query, member())
      expect(plan).toMatch(/Index (Only )?Scan (Backward )?(using|on) leads_(owner|newest|status|pkey)/)
      expect(plan).not.toMatch(/Seq Scan on (leads|search_documents)/)
    })

    test('on the next page', async () => {
      const plan = await list({ cursor: await cursorOf({}) }, member())
      expect(plan).toMatch(/Index Cond: [^]*(created_at, id\) <|owner_id = ANY)/)
      expect(plan).not.toMatch(/Seq Scan on leads/)
    })

    test('on the board, totals included', async () => {
      const plan = await plansOf(
        (ctx) => readBoard(ctx, valuedOf('lead'), pipeline.id, { limit: 50 }),
        member(),
      )
      expect(plan).not.toMatch(/Seq Scan on leads/)
    })
  })

  test('the groups of all leads, which are known without a look at them', async () => {
    for (const group_by of ['status', 'stage_id', 'owner_id']) {
      const plan = await plansOf((ctx) => readGroups(ctx, leads.records, { group_by }))
      expect(plan).toMatch(
        /Index (Only )?Scan using record_totals_pkey|Bitmap Index Scan on record_totals_pkey/,
      )
      expect(plan).not.toMatch(/ on leads/)
    }
  })

  test('the newest leads of a member who may read only their own', async () => {
    const grants = { 'leads:read': 'own' } as const
    const plan = await list({}, { ...actor, role: 'sales', grants })
    expect(plan).toMatch(/Index (Only )?Scan using leads_owner/)
  })
})
