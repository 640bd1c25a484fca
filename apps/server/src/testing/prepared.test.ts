/** Statements that connections keep: what they answer, and by which plan, on one connection that everybody shares. */
import { ListQuery, type FilterCondition } from '@rapport/contracts'
import { sql, type CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leads } from '../modules/leads/index.ts'
import { listRecords } from '../modules/records/index.ts'
import { ownerActor, type Actor } from '../platform/actor.ts'
import { openDatabase, type Database } from '../platform/database.ts'
import { queryBuilder } from '../platform/kysely.ts'
import type { Statement } from '../platform/prepared.ts'
import { createTenancy, type Ctx, type Tenancy } from '../platform/tenancy.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

test('what is prepared on shared connections answers each organization with its own records, and pages on', async () => {
  const callers = [await app.register(), await app.register()]
  for (const [place, caller] of callers.entries())
    for (const number of [1, 2, 3])
      await caller.call('POST', '/crm/leads', { body: { full_name: `Lead ${number} of ${place}` } })
  const read = async (caller: Caller, query: string) => {
    type Page = { items: { full_name: string }[]; next_cursor: string | null }
    const first = await caller.call<Page>('GET', `/crm/leads?limit=2${query}`)
    const rest = await caller.call<Page>('GET', `/crm/leads?limit=2&cursor=${first.body.next_cursor}${query}`)
    return [...first.body.items, ...rest.body.items].map(({ full_name }) => full_name)
  }
  for (const filter of ['', one('status', 'eq', 'new'), one('status', 'in', ['new', 'lost'])]) {
    const query = filter && `&${new URLSearchParams({ filter })}`
    const rounds = Array.from({ length: 30 }, () => Promise.all(callers.map((caller) => read(caller, query))))
    for (const answers of await Promise.all(rounds))
      expect(answers).toEqual([0, 1].map((place) => [3, 2, 1].map((number) => `Lead ${number} of ${place}`)))
  }
})

const one = (field: string, op: string, value: unknown) => JSON.stringify({ field, op, value })

describe('on one connection', () => {
  let database: Database
  let tenancy: Tenancy
  let large: Actor
  let small: Actor
  const [busy, idle] = ['0192dfdf-3400-700c-8911-4daca61d8285', '0192dfdf-3400-7003-a5cc-4b34a88bc231']

  beforeAll(async () => {
    large = await anOrganization()
    small = await anOrganization()
    await admin.query(
      `INSERT INTO users (id, email, full_name, password_hash) SELECT id, id || '@example.com', 'Somebody', '' FROM unnest($1::uuid[]) id`,
      [[busy, idle]],
    )
    await fill(large, 20_000)
    await fill(small, 20)
    await admin.query('VACUUM ANALYZE leads')
  })
  // Plans are of a connection: each test begins without any.
  beforeEach(() => {
    database = openDatabase(app.url, pino({ level: 'silent' }), 1)
    tenancy = createTenancy(database, () => undefined)
    return () => database.close()
  })

  async function anOrganization(): Promise<Actor> {
    const { user, organization } = (await app.register()).session
    return ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
  }

  /** Of a hundred leads one is lost and one has the idle owner; all others are new and of the busy one. */
  async function fill({ organization_id }: Actor, rows: number): Promise<void> {
    await admin.query(
      `INSERT INTO leads (organization_id, id, full_name, status, pipeline_id, stage_id, rank, currency, owner_id, created_at)
       SELECT $1, uuidv7(make_interval(secs => -n)), 'Person ' || n, CASE WHEN n % 100 = 1 THEN 'lost' ELSE 'new' END,
         s.pipeline_id, s.id, 'i' || lpad(n::text, 8, '0') || 'V', 'EUR', CASE WHEN n % 100 = 2 THEN $4 ELSE $3 END::uuid, now() - make_interval(secs => n)
       FROM generate_series(1, $2::int) n, (SELECT * FROM stages WHERE organization_id = $1 ORDER BY position LIMIT 1) s`,
      [organization_id, rows, busy, idle],
    )
  }

  /** The names on the page, and the statement that found it. */
  async function list(actor: Actor, filter: string): Promise<{ names: string[]; found: Statement }> {
    const asked: Statement[] = []
    const read = async <Row>(query: Statement<Row>) => {
      asked.push(query)
      return tenancy.readTenant(actor, query)
    }
    const { text } = await listRecords({ actor, read }, leads, ListQuery.parse({ filter, limit: '50' }))
    const { items } = JSON.parse(text) as { items: { full_name: string }[] }
    return { names: items.map(({ full_name }) => full_name), found: asked[0] as Statement }
  }

  const both = (...and: FilterCondition[]) => JSON.stringify({ and })
  const of = (status: string, owner: string) =>
    both(
      { field: 'status', op: 'in', value: [status, 'working'] },
      { field: 'owner_id', op: 'eq', value: owner },
    )

  async function ask<Row>(text: string, planned_anew = false): Promise<Row[]> {
    const query = sql.raw<Row>(text).compile(queryBuilder)
    return tenancy.readTenant<Row>(large, planned_anew ? { ...query, planned_anew } : query)
  }

  type Kept = { generic_plans: number; custom_plans: number }
  async function plansOf({ name }: Statement): Promise<Kept> {
    const text = `SELECT generic_plans::int, custom_plans::int FROM pg_prepared_statements WHERE name = '${name}'`
    const [kept] = await ask<Kept>(text)
    if (!kept) throw new Error(`Nothing of the name ${name} is prepared.`)
    return kept
  }

  /** The plan by which what is prepared is run with those values. */
  async function planOf({ name, parameters, planned_anew = false }: Statement): Promise<string> {
    const literal = (value: unknown) => `'${Array.isArray(value) ? `{${value.join()}}` : String(value)}'`
    const values = (parameters as unknown[]).map(literal).join()
    const lines = await ask<Record<string, string>>(
      `EXPLAIN (COSTS OFF) EXECUTE ${name}(${values})`,
      planned_anew,
    )
    return lines.map((line) => line['QUERY PLAN']).join('\n')
  }

  async function askedOften(actor: Actor, filter: string): Promise<Statement> {
    for (let asked = 0; asked < 30; asked++) await list(actor, filter)
    return (await list(actor, filter)).found
  }

  test('what was parsed once is planned for the values of each organization and each request', async () => {
    const often = await askedOften(small, of('new', busy))
    expect(often).toMatchObject({ planned_anew: true, name: expect.stringMatching(/^parsed_\d+$/) })
    const [rareOwner, rareStatus] = [await list(large, of('new', idle)), await list(large, of('lost', busy))]
    expect([rareOwner.found.name, rareStatus.found.name]).toEqual([often.name, often.name])
    expect(await planOf(rareOwner.found)).toMatch(/using leads_owner/)
    expect(await planOf(rareStatus.found)).toMatch(/(using|on) leads_status/)
    expect(rareOwner.names.slice(0, 3)).toEqual(['Person 2', 'Person 102', 'Person 202'])
    expect(rareStatus.names.slice(0, 3)).toEqual(['Person 1', 'Person 101', 'Person 201'])
    const { generic_plans, custom_plans } = await plansOf(often)
    expect(generic_plans).toBe(0)
    expect(custom_plans).toBeGreaterThan(10)
  })

  test('the statement behind it keeps its plan, and the setting ends with the transaction, whatever becomes of it', async () => {
    const { rest } = await askedOften(large, of('new', busy))
    expect((await plansOf(rest as Statement)).generic_plans).toBeGreaterThan(10)
    const mode = async () => ask<{ plan_cache_mode: string }>('SHOW plan_cache_mode')
    expect(await mode()).toEqual([{ plan_cache_mode: 'auto' }])
    await expect(ask('SELECT 1 / 0', true)).rejects.toThrow('division by zero')
    expect(await mode()).toEqual([{ plan_cache_mode: 'auto' }])
  })

  test('what is kept goes on after a table changed and was analyzed', async () => {
    const filters = [of('lost', busy), one('status', 'eq', 'lost')]
    for (const filter of filters) await askedOften(large, filter)
    const read = () => Promise.all(filters.map(async (filter) => (await list(large, filter)).names))
    const before = await read()
    await admin.query('ALTER TABLE leads ADD COLUMN added_later int DEFAULT 7')
    await admin.query('DROP INDEX leads_status')
    await admin.query('ANALYZE leads')
    expect(await read()).toEqual(before)
    await admin.query(
      'CREATE INDEX leads_status ON leads (organization_id, status, created_at DESC, id DESC) WHERE deleted_at IS NULL',
    )
    await admin.query('ALTER TABLE leads DROP COLUMN added_later')
    expect(await read()).toEqual(before)
    const lost = await list(large, one('status', 'eq', 'lost'))
    expect(await planOf(lost.found)).toMatch(/Scan using leads_status/)
  })

  test('organizations that take turns see nothing of each other', async () => {
    for (const filter of [of('new', busy), one('owner_id', 'eq', idle)]) {
      for (let round = 0; round < 25; round++) {
        const [mine, other] = await Promise.all([list(large, filter), list(small, filter)])
        expect(mine.found.parameters).toContain(large.organization_id)
        expect(other.found.parameters).toContain(small.organization_id)
        expect(mine.names).toHaveLength(50)
        expect(other.names).toHaveLength(filter === of('new', busy) ? 18 : 1)
      }
      // Even with the id of the other one among the values, the lock of the table holds.
      const { found } = await list(large, filter)
      const { rest: _, ...stolen } = found
      expect(await tenancy.readTenant(small, stolen as CompiledQuery<{ rows: number }>)).toMatchObject([
        { rows: 0 },
      ])
    }
  })

  describe('that work asks for again and again', () => {
    const repeated = () =>
      tenancy.inTenant(large, ({ tx }) => tx.selectFrom('pipelines').selectAll().execute(), { repeats: true })
    const kept = () =>
      ask<{ statement: string }>(
        `SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%from "pipelines"'`,
      )

    test('stays prepared, and what is asked only now and then does not', async () => {
      for (let asked = 0; asked < 30; asked++)
        await tenancy.inTenant(large, ({ tx }) => tx.selectFrom('pipelines').selectAll().execute())
      expect(await kept()).toEqual([])
      for (let asked = 0; asked < 30; asked++) await repeated()
      expect(await kept()).toEqual([{ statement: 'select * from "pipelines"' }])
    })

    test('fails for the reason of what failed before it, also where it was about to be prepared', async () => {
      for (let asked = 0; asked < 30; asked++) await repeated()
      const fresh = openDatabase(app.url, pino({ level: 'silent' }), 1)
      const pipelines = ({ tx }: Pick<Ctx, 'tx'>) => tx.selectFrom('pipelines').selectAll().execute()
      let codes: unknown[] = []
      const failing = createTenancy(fresh, () => undefined).inTenant(
        large,
        async (ctx) => {
          const together = [sql`SELECT 1 / 0`.execute(ctx.tx), pipelines(ctx), pipelines(ctx)]
          codes = (await Promise.allSettled(together)).map(
            (one) => one.status === 'rejected' && one.reason.code,
          )
        },
        { repeats: true },
      )
      await expect(failing).rejects.toThrow('The transaction could not be committed.')
      await fresh.close()
      expect(codes).toEqual(['22012', '22012', '22012'])
    })

    test('fails once for its own reason when it is gone, whatever failed before', async () => {
      for (let asked = 0; asked < 30; asked++) await repeated()
      const [name] = await ask<{ name: string }>(
        `SELECT name FROM pg_prepared_statements WHERE statement LIKE '%from "pipelines"'`,
      )
      await tenancy.inTenant(large, ({ tx }) => sql.raw(`DEALLOCATE ${name?.name}`).execute(tx))
      const failing = tenancy.inTenant(large, ({ tx }) => sql`SELECT 1 / 0`.execute(tx), { repeats: true })
      await expect(failing).rejects.toMatchObject({ code: '22012' })
      await expect(repeated()).rejects.toMatchObject({ code: '26000' })
      expect(await repeated()).toHaveLength(2)
    })

    test('fails once when another version has changed the table, and then has its new columns', async () => {
      for (let asked = 0; asked < 30; asked++) await repeated()
      await admin.query('ALTER TABLE pipelines ADD COLUMN of_a_later_version int')
      try {
        await expect(repeated()).rejects.toMatchObject({ code: '0A000' })
        expect((await repeated())[0]).toHaveProperty('of_a_later_version', null)
      } finally {
        await admin.query('ALTER TABLE pipelines DROP COLUMN of_a_later_version')
      }
    })
  })
})
