/** Requests that meet: what is asked by several at once is answered in words, and never breaks in the middle. */
import type { Lead, Operation } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectTo } from '../platform/testing/index.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples } from './examples.ts'

let app: TestApp
let admin: Awaited<ReturnType<typeof connectTo>>
beforeAll(async () => {
  app = await createTestApp()
  admin = await connectTo(app.adminUrl)
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

const nameOf = ({ method, path }: Operation) => `${method} ${path}`
/** What has been taken away leaves nothing for the next route to change. */
const sharedBy = 12

async function* changesWithExamples() {
  const operations = app.app.routes.map(({ operation }) => operation).filter(({ method }) => method !== 'GET')
  const taking = operations.filter(({ method }) => method === 'DELETE')
  const others = operations.filter(({ method }) => method !== 'DELETE')
  for (const [some, most] of [
    [others, sharedBy],
    [taking, 1],
  ] as const)
    for (let at = 0; at < some.length; at += most) {
      const caller = await app.register()
      const examples = await makeExamples(caller)
      for (const operation of some.slice(at, at + most)) yield { caller, examples, operation }
    }
}

test('the same change, asked for by four at once, is never an internal error', async () => {
  const findings: string[] = []
  let tried = 0
  for await (const { caller, examples, operation } of changesWithExamples()) {
    const { path, body, headers = {} } = exampleRequest(operation, examples)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => caller.call(operation.method, path, { body, headers })),
    )
    tried += 1
    const told = answers.map(({ status }) => status).join(' ')
    if (answers.some(({ status }) => status >= 500)) findings.push(`${nameOf(operation)}: ${told}`)
  }
  expect(findings).toEqual([])
  expect(tried).toBeGreaterThan(150)
}, 400_000)

describe('a transaction that PostgreSQL ends because of another', () => {
  /** The first `times` changes of a lead end as if they had waited for each other in a ring. */
  async function endChanges(times: number): Promise<void> {
    await admin.query(`
      CREATE SEQUENCE ended;
      CREATE FUNCTION end_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        IF nextval('ended') <= ${times} THEN RAISE EXCEPTION 'in a ring' USING ERRCODE = 'deadlock_detected'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER end_change BEFORE UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION end_change()`)
  }
  const letChange = () =>
    admin.query('DROP TRIGGER end_change ON leads; DROP FUNCTION end_change; DROP SEQUENCE ended')

  async function aLead(by: Caller): Promise<Lead> {
    return (await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Moreau' } })).body
  }
  async function countTold({ id }: Lead): Promise<unknown> {
    const { rows } = await admin.query<{ events: number; entries: number }>(
      `SELECT (SELECT count(*)::int FROM events WHERE record_id = $1 AND type = 'lead.updated') AS events,
        (SELECT count(*)::int FROM audit_log WHERE record_id = $1 AND action = 'lead.updated') AS entries`,
      [id],
    )
    return rows[0]
  }

  test('is begun anew, and done and told once', async () => {
    const owner = await app.register()
    const lead = await aLead(owner)
    await endChanges(1)
    const changed = await owner.call<Lead>('PATCH', `/crm/leads/${lead.id}`, {
      body: { city: 'Lisboa' },
      headers: { 'idempotency-key': 'once' },
    })
    await letChange()
    expect(changed.status, changed.text).toBe(200)
    expect(changed.body).toMatchObject({ city: 'Lisboa', version: lead.version + 1 })
    expect(await countTold(lead)).toEqual({ events: 1, entries: 1 })
  })

  test('is given up the second time, and leaves nothing', async () => {
    const owner = await app.register()
    const lead = await aLead(owner)
    await endChanges(2)
    const changed = await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { city: 'Lisboa' } })
    await letChange()
    expect(changed.status).toBe(500)
    expect((await owner.call('GET', `/crm/leads/${lead.id}`)).body).toMatchObject({ city: null, version: 1 })
    expect(await countTold(lead)).toEqual({ events: 0, entries: 0 })
  })

  test('is answered by what the other wrote', async () => {
    const owner = await app.register()
    const other = await connectTo(app.adminUrl)
    await other.query('BEGIN')
    await other.query(
      "INSERT INTO teams (organization_id, id, name) VALUES ($1, gen_random_uuid(), 'Field sales')",
      [owner.session.organization.id],
    )
    const asked = owner.call<{ errors: unknown }>('POST', '/organizations/current/teams', {
      body: { name: 'field sales' },
    })
    await vi.waitFor(async () => {
      const { rows } = await admin.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
      expect(rows).toHaveLength(1)
    })
    await other.query('COMMIT')
    await other.end()
    const answer = await asked
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body).toMatchObject({ errors: [{ path: 'name', code: 'taken' }] })
  })
})
