import type { Job, Lead } from '@rapport/contracts'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aLead, changeMany, ended, jobOf, leadOf, startBulk, undoJob } from '../../testing/bulk.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())
beforeEach(async () => void (owner = await app.register()))

const eq = (field: string, value: unknown) => ({ field, op: 'eq', value })
const listed = async (member: Caller, query = '') =>
  (await member.call<{ items: Lead[] }>('GET', `/crm/leads?limit=200${query}`)).body.items

describe('a change of many records', () => {
  test('reaches the chosen ones and no other', async () => {
    const [one, two, three] = [await aLead(owner), await aLead(owner), await aLead(owner)]
    const job = await changeMany(owner, {
      ids: [one.id, two.id],
      action: 'update',
      values: { city: 'Porto' },
    })
    expect(job).toMatchObject({ state: 'completed', done: 2, total: 2, changed: 2, failed: 0, failures: [] })
    expect((await leadOf(owner, one)).city).toBe('Porto')
    expect((await leadOf(owner, two)).version).toBe(2)
    expect(await leadOf(owner, three)).toEqual(three)
  })

  test('by a filter reaches all that it finds at that moment, and what is changed already stays as it is', async () => {
    for (let n = 0; n < 3; n += 1) await aLead(owner, { city: 'Braga', email: `b${n}@example.com` })
    const there = await aLead(owner, { city: 'Braga', source: 'Fair' })
    const other = await aLead(owner, { city: 'Faro' })
    const id = await startBulk(owner, {
      filter: eq('city', 'Braga'),
      action: 'update',
      values: { source: 'Fair' },
    })
    const late = await aLead(owner, { city: 'Braga' })
    expect(await ended(owner, id)).toMatchObject({ total: 4, done: 4, changed: 3 })
    expect((await leadOf(owner, there)).version).toBe(1)
    expect((await leadOf(owner, other)).source).toBeNull()
    expect((await leadOf(owner, late)).source).toBeNull()
  })

  test('by a search reaches what the search finds', async () => {
    await aLead(owner, { full_name: 'Grace Hopper' })
    await aLead(owner, { full_name: 'Alan Turing' })
    const job = await changeMany(owner, {
      filter: { and: [] },
      q: 'hopper',
      action: 'update',
      values: { city: 'Lyon' },
    })
    expect(job).toMatchObject({ total: 1, changed: 1 })
    expect(
      (await listed(owner)).filter(({ city }) => city === 'Lyon').map(({ full_name }) => full_name),
    ).toEqual(['Grace Hopper'])
  })

  test('assigns, deletes and restores as single changes do: search, events and timeline follow', async () => {
    const colleague = await app.join(owner, 'sales')
    const lead = await aLead(owner, { full_name: 'Findable Fay' })
    const to = colleague.session.user.id
    await changeMany(owner, { ids: [lead.id], action: 'assign', owner_id: to })
    expect((await leadOf(owner, lead)).owner_id).toBe(to)
    await changeMany(owner, { ids: [lead.id], action: 'delete' })
    expect(await listed(owner, '&q=Findable')).toEqual([])
    const back = await changeMany(owner, { filter: { and: [] }, action: 'restore' })
    expect(back).toMatchObject({ total: 1, changed: 1 })
    expect((await listed(owner, '&q=Findable')).map(({ id }) => id)).toEqual([lead.id])
    const timeline = await owner.call<{ items: { type: string }[] }>('GET', `/crm/leads/${lead.id}/timeline`)
    expect(timeline.body.items.map(({ type }) => type)).toEqual(['restored', 'deleted', 'updated', 'created'])
  })

  test('tells of each record that is refused why, and changes the others', async () => {
    const caller = await app.join(owner, 'lead_generator')
    const [mine, gone] = [
      await aLead(caller, { full_name: 'Mine' }),
      await aLead(caller, { full_name: 'Gone' }),
    ]
    const theirs = await aLead(owner, { full_name: 'Theirs' })
    await owner.call('DELETE', `/crm/leads/${gone.id}`)
    const job = await changeMany(caller, {
      ids: [mine.id, theirs.id, gone.id],
      action: 'update',
      values: { city: 'Rome' },
    })
    expect(job).toMatchObject({ state: 'completed', done: 3, changed: 1, failed: 2 })
    const told = new Map(job.failures.map(({ id, name, code }) => [id, [name, code]]))
    expect(told.get(theirs.id)).toEqual([null, 'lead_not_found'])
    expect(told.get(gone.id)).toEqual(['Gone', 'lead_in_trash'])
    expect((await leadOf(owner, mine)).city).toBe('Rome')
    expect((await leadOf(owner, theirs)).city).toBeNull()
  })

  test('never reaches another organization, by id or by filter', async () => {
    const stranger = await app.register()
    const theirs = await aLead(stranger, { city: 'Oslo' })
    const byId = await changeMany(owner, { ids: [theirs.id], action: 'delete' })
    expect(byId).toMatchObject({ changed: 0, failed: 1, failures: [{ name: null, code: 'lead_not_found' }] })
    expect(await changeMany(owner, { filter: { and: [] }, action: 'delete' })).toMatchObject({ total: 0 })
    expect(await leadOf(stranger, theirs)).toEqual(theirs)
  })

  test('goes on where one record cannot be stored: the database refuses that one alone', async () => {
    const leads = []
    for (let n = 0; n < 9; n += 1) leads.push(await aLead(owner, { full_name: `L${n}` }))
    const [, , , , bad] = leads
    if (!bad) throw new Error('There are nine.')
    const admin = new pg.Client({ connectionString: app.adminUrl })
    await admin.connect()
    await admin.query(
      `ALTER TABLE leads ADD CONSTRAINT refuses_one CHECK (id <> '${bad.id}' OR city IS DISTINCT FROM 'Kyoto')`,
    )
    await admin.end()
    const job = await changeMany(owner, {
      ids: leads.map((lead) => lead.id),
      action: 'update',
      values: { city: 'Kyoto' },
    })
    expect(job).toMatchObject({
      state: 'completed',
      done: 9,
      changed: 8,
      failed: 1,
      failures: [{ id: bad.id, name: 'L4' }],
    })
  })
})

describe('a change of many records is refused at once', () => {
  test('for a role that may do it to none', async () => {
    const viewer = await app.join(owner, 'viewer')
    const lead = await aLead(owner)
    for (const body of [
      { action: 'update', values: { city: 'X' } },
      { action: 'delete' },
      { action: 'restore' },
    ])
      expect(
        await viewer.call('POST', '/crm/leads/bulk', { body: { ids: [lead.id], ...body } }),
      ).toMatchObject({
        status: 403,
        body: { code: 'permission_missing' },
      })
  })

  test('for fields that the role may not change', async () => {
    const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
      body: { name: 'Careful', from: 'sales', field_rules: { lead: { email: 'read' } } },
    })
    const member = await app.join(owner, role.body.id)
    const lead = await aLead(owner)
    const answer = await member.call('POST', '/crm/leads/bulk', {
      body: { ids: [lead.id], action: 'update', values: { email: 'a@example.com' } },
    })
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'email', code: 'forbidden_field' }] },
    })
  })

  test.each([
    ['neither ids nor a filter', { action: 'delete' }],
    ['both', { ids: ['0197d5f0-0000-7000-8000-000000000000'], filter: { and: [] }, action: 'delete' }],
    ['no values', { filter: { and: [] }, action: 'update', values: {} }],
    ['a version', { filter: { and: [] }, action: 'update', values: { city: 'X', version: 1 } }],
    ['an unknown field', { filter: { and: [] }, action: 'update', values: { nonsense: 1 } }],
    ['an unknown filter field', { filter: eq('nonsense', 1), action: 'delete' }],
    [
      'an owner who is no member',
      { filter: { and: [] }, action: 'assign', owner_id: '0197d5f0-0000-7000-8000-000000000000' },
    ],
    ['no tags', { filter: { and: [] }, action: 'tag' }],
    ['an unknown action', { filter: { and: [] }, action: 'explode' }],
  ])('for %s', async (_, body) => {
    const answer = await owner.call('POST', '/crm/leads/bulk', { body })
    expect(answer.status, answer.text).toBe(422)
    expect((await owner.call<{ items: Job[] }>('GET', '/jobs')).body.items).toEqual([])
  })
})

describe('a job', () => {
  test('is seen, stopped and undone by whom it belongs to, and by nobody else', async () => {
    const colleague = await app.join(owner, 'admin')
    const lead = await aLead(owner)
    const job = await changeMany(owner, { ids: [lead.id], action: 'update', values: { city: 'Porto' } })
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/undo'],
    ] as const)
      expect((await colleague.call(method, `/jobs/${job.id}${path}`)).status).toBe(404)
    expect((await colleague.call<{ items: Job[] }>('GET', '/jobs')).body.items).toEqual([])
    expect((await owner.call<{ items: Job[] }>('GET', '/jobs')).body.items.map(({ id }) => id)).toEqual([
      job.id,
    ])
  })

  test('that is over cannot be stopped', async () => {
    const job = await changeMany(owner, { ids: [(await aLead(owner)).id], action: 'delete' })
    expect(await owner.call('POST', `/jobs/${job.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'job_over' },
    })
  })

  test('of an API key may do no more than the key', async () => {
    const other = await aLead(owner, { full_name: 'Not theirs', owner_id: null })
    const mine = await aLead(owner, { full_name: 'Theirs' })
    const made = await owner.call<{ secret: string }>('POST', '/api-keys', {
      body: { name: 'Program', scopes: ['leads:read', 'leads:update:own'] },
    })
    const headers = { authorization: `Bearer ${made.body.secret}` }
    const started = await app.call<{ job_id: string }>('POST', '/crm/leads/bulk', {
      headers,
      body: { ids: [other.id, mine.id], action: 'update', values: { city: 'Bern' } },
    })
    expect(started.status, started.text).toBe(202)
    expect(await ended(owner, started.body.job_id)).toMatchObject({
      changed: 1,
      failures: [{ id: other.id, code: 'not_yours' }],
    })
    const entries = await owner.call<{ items: { actor: object }[] }>(
      'GET',
      `/organizations/current/audit-log?record_id=${mine.id}&action=lead.updated`,
    )
    expect(entries.body.items[0]?.actor).toMatchObject({ kind: 'api_key', name: 'Program' })
  })
})

describe('the undo of a job', () => {
  test('gives every record back what it had, exactly', async () => {
    const leads = [
      await aLead(owner, { city: 'Nice', custom: { a: 'x' } }),
      await aLead(owner),
      await aLead(owner, { city: 'Rio' }),
    ]
    const ids = leads.map(({ id }) => id)
    const values = { city: 'Rio', source: 'Fair', custom: { a: 'y', b: 2 } }
    const job = await changeMany(owner, { ids, action: 'update', values })
    const undone = await undoJob(owner, job.id)
    expect(undone).toMatchObject({
      kind: 'undo',
      undoes: job.id,
      state: 'completed',
      changed: 3,
      failed: 0,
      undo_until: null,
    })
    for (const lead of leads) {
      const { version, updated_at, ...now } = await leadOf(owner, lead)
      expect({ ...now, version, updated_at }).toEqual({ ...lead, version, updated_at })
    }
    expect(await jobOf(owner, job.id)).toMatchObject({ undone_by: undone.id })
  })

  test('leaves what somebody changed since, and says which', async () => {
    const [one, two, three] = [
      await aLead(owner, { city: 'A' }),
      await aLead(owner, { city: 'A' }),
      await aLead(owner, { city: 'A' }),
    ]
    const ids = [one.id, two.id, three.id]
    const job = await changeMany(owner, { ids, action: 'update', values: { city: 'B', source: 'Fair' } })
    await owner.call('PATCH', `/crm/leads/${two.id}`, { body: { city: 'C' } })
    await owner.call('PATCH', `/crm/leads/${three.id}`, { body: { city: 'D', source: 'Web' } })
    const undone = await undoJob(owner, job.id)
    expect(undone).toMatchObject({ state: 'completed', changed: 2, failed: 2 })
    expect(new Map(undone.failures.map(({ id, code }) => [id, code]))).toEqual(
      new Map([
        [two.id, 'changed_since'],
        [three.id, 'changed_since'],
      ]),
    )
    expect(await leadOf(owner, one)).toMatchObject({ city: 'A', source: null })
    expect(await leadOf(owner, two)).toMatchObject({ city: 'C', source: null })
    expect(await leadOf(owner, three)).toMatchObject({ city: 'D', source: 'Web' })
  })

  test('takes deleted records out of the trash, and restored ones back into it', async () => {
    const [lead, touched] = [await aLead(owner), await aLead(owner)]
    const ids = [lead.id, touched.id]
    const deleted = await changeMany(owner, { ids, action: 'delete' })
    await undoJob(owner, deleted.id)
    expect((await leadOf(owner, lead)).deleted_at).toBeNull()
    await changeMany(owner, { ids, action: 'delete' })
    const restored = await changeMany(owner, { ids, action: 'restore' })
    await owner.call('PATCH', `/crm/leads/${touched.id}`, { body: { city: 'Used' } })
    expect(await undoJob(owner, restored.id)).toMatchObject({
      changed: 1,
      failures: [{ id: touched.id, code: 'version_conflict' }],
    })
    expect((await leadOf(owner, lead)).deleted_at).not.toBeNull()
    expect((await leadOf(owner, touched)).deleted_at).toBeNull()
  })

  test('takes off the tags that came and puts back those that went; tags of others stay', async () => {
    const [one, two] = [await aLead(owner, { tags: ['hot', 'old'] }), await aLead(owner)]
    const job = await changeMany(owner, {
      ids: [one.id, two.id],
      action: 'tag',
      add: ['fair'],
      remove: ['old'],
    })
    expect(job).toMatchObject({ state: 'completed', changed: 2, failed: 0 })
    const tagsOf = async (lead: Lead) => (await leadOf(owner, lead)).tags.map(({ name }) => name)
    expect([await tagsOf(one), await tagsOf(two)]).toEqual([['fair', 'hot'], ['fair']])
    await owner.call('PATCH', `/crm/leads/${two.id}`, { body: { tags: { add: ['later'] } } })
    expect(await undoJob(owner, job.id)).toMatchObject({ changed: 2, failed: 0 })
    expect([await tagsOf(one), await tagsOf(two)]).toEqual([['hot', 'old'], ['later']])
  })

  test('is there once, for what changed something, and not for an undo', async () => {
    const lead = await aLead(owner, { city: 'Same' })
    const job = await changeMany(owner, { ids: [lead.id], action: 'update', values: { city: 'New' } })
    const undone = await undoJob(owner, job.id)
    expect(await owner.call('POST', `/jobs/${job.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'job_undone' },
    })
    expect(await owner.call('POST', `/jobs/${undone.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'undo_over' },
    })
    const nothing = await changeMany(owner, { ids: [lead.id], action: 'update', values: { city: 'Same' } })
    expect(await owner.call('POST', `/jobs/${nothing.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'undo_over' },
    })
  })
})

test('contacts and companies are changed by many, too', async () => {
  for (const [path, body] of [
    ['contacts', { full_name: 'Ann' }],
    ['companies', { name: 'Acme' }],
  ] as const) {
    const made = await owner.call<{ id: string }>('POST', `/crm/${path}`, { body })
    const job = await changeMany(
      owner,
      { filter: { and: [] }, action: 'update', values: { city: 'Ghent' } },
      path,
    )
    expect(job).toMatchObject({ object: path === 'contacts' ? 'contact' : 'company', changed: 1 })
    expect((await owner.call('GET', `/crm/${path}/${made.body.id}`)).body).toMatchObject({ city: 'Ghent' })
  }
})
