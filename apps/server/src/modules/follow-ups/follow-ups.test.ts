import {
  defaultCadence,
  type Activity,
  type AuditEntry,
  type Cadence,
  type DueFollowUp,
  type FollowUp,
  type Groups,
  type Lead,
  type Problem,
  type ProposedFollowUp,
  type Today,
} from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
async function aLead(fields: Record<string, unknown> = {}, by = owner): Promise<Lead> {
  const made = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Lead', ...fields } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const plan = <Body = FollowUp>({ id }: Lead, fields: object = {}, by = owner) =>
  by.call<Body>('POST', `/crm/leads/${id}/follow-ups`, { body: { due_at: inDays(1), ...fields } })
type Changed = { follow_up: FollowUp; next_proposed: ProposedFollowUp | null }
const change = <Body = Changed>({ id }: { id: string }, body: object, by = owner) =>
  by.call<Body>('PATCH', `/crm/follow-ups/${id}`, { body })
type OfLead = { items: FollowUp[]; next_proposed: ProposedFollowUp | null }
const ofLead = async ({ id }: Lead, by = owner) =>
  (await by.call<OfLead>('GET', `/crm/leads/${id}/follow-ups`)).body
const listed = async (query: string, by = owner) =>
  (await by.call<{ items: DueFollowUp[]; next_cursor: string | null }>('GET', `/crm/follow-ups?${query}`))
    .body
const todayOf = async (by = owner) => (await by.call<Today>('GET', '/crm/today')).body
const timeline = async ({ id }: Lead) =>
  (await owner.call<{ items: Activity[] }>('GET', `/crm/leads/${id}/timeline`)).body.items

describe('a follow-up', () => {
  test('is numbered after the last, done with what came of it, and the next one is proposed', async () => {
    const lead = await aLead()
    expect((await ofLead(lead)).next_proposed).toMatchObject({ number: 1, channel: 'call' })
    const first = await plan(lead, { channel: 'call', note: 'Ask for the budget' })
    expect(first.status, first.text).toBe(201)
    expect(first.body).toMatchObject({
      record: { object: 'lead', id: lead.id },
      number: 1,
      status: 'open',
      owner_id: owner.session.user.id,
      can: { update: true },
    })
    expect((await ofLead(lead)).next_proposed).toBeNull()
    const done = await change(first.body, { status: 'done', outcome: 'Wants an offer', version: 1 })
    expect(done.body.follow_up).toMatchObject({ status: 'done', outcome: 'Wants an offer', version: 2 })
    expect(done.body.follow_up.closed_by).toBe(owner.session.user.id)
    expect(done.body.next_proposed).toMatchObject({ number: 2, channel: 'whatsapp' })
    const second = await plan(lead, { ...done.body.next_proposed })
    expect(second.body.number).toBe(2)
    expect((await ofLead(lead)).items.map(({ number, status }) => [number, status])).toEqual([
      [1, 'done'],
      [2, 'open'],
    ])
    const facts = (await timeline(lead)).filter(({ type }) => type === 'follow_up')
    expect(facts.map(({ data, body }) => [data['what'], data['number'], body])).toEqual([
      ['planned', 2, null],
      ['done', 1, 'Wants an offer'],
      ['planned', 1, 'Ask for the budget'],
    ])
  })

  test('is moved and taken up again; done twice it is done once', async () => {
    const lead = await aLead()
    const { body: made } = await plan(lead)
    const later = inDays(4)
    const moved = await change(made, { due_at: later })
    expect(moved.body.follow_up).toMatchObject({ due_at: later, version: 2 })
    await change(made, { status: 'skipped' })
    const again = await change(made, { status: 'skipped' })
    expect(again.body.follow_up.version).toBe(3)
    expect(again.body.next_proposed?.number).toBe(2)
    const open = await change(made, { status: 'open' })
    expect(open.body).toMatchObject({ follow_up: { status: 'open', closed_at: null }, next_proposed: null })
    const told = (await timeline(lead)).map(({ data }) => data['what']).filter(Boolean)
    expect(told).toEqual(['reopened', 'skipped', 'moved', 'planned'])
  })

  test('is open once for each number, also when several plan it at once', async () => {
    const lead = await aLead()
    const answers = await Promise.all([1, 2, 3, 4].map(() => plan<Problem>(lead, { number: 1 })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3)
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('follow_up_open')
  })

  test('that was changed since is refused by version, with what clashes', async () => {
    const { body: made } = await plan(await aLead())
    await change(made, { note: 'Newer' })
    const stale = await change<Problem>(made, { note: 'Older', version: 1 })
    expect(stale).toMatchObject({ status: 409, body: { code: 'version_conflict', conflicts: ['note'] } })
    expect(stale.body.current).toMatchObject({ note: 'Newer', version: 2 })
  })

  test('of a lead in the trash cannot be planned or changed, and is in no list until it is restored', async () => {
    const lead = await aLead()
    const { body: made } = await plan(lead, { due_at: inDays(2) })
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    expect((await plan<Problem>(lead)).body.code).toBe('lead_in_trash')
    expect((await change<Problem>(made, { status: 'done' })).body.code).toBe('lead_in_trash')
    const found = async () => (await listed('limit=200')).items.some(({ id }) => id === made.id)
    expect(await found()).toBe(false)
    await owner.call('POST', `/crm/leads/${lead.id}/restore`)
    expect(await found()).toBe(true)
  })

  test('is in the audit log with what it was and what it is', async () => {
    const lead = await aLead()
    const { body: made } = await plan(lead, { note: 'Before' })
    await change(made, { note: 'After' })
    const log = await owner.call<{ items: AuditEntry[] }>(
      'GET',
      `/organizations/current/audit-log?record_id=${lead.id}&action=follow_up.updated`,
    )
    expect(log.body.items).toMatchObject([{ before: { note: 'Before' }, after: { note: 'After' } }])
  })

  test.each([
    ['no time', {}, 'due_at'],
    ['a number beyond the third', { due_at: inDays(1), number: 4 }, 'number'],
    ['an unknown channel', { due_at: inDays(1), channel: 'pigeon' }, 'channel'],
    [
      'somebody who is no member',
      { due_at: inDays(1), owner_id: '0197d5f0-0000-7000-8000-000000000000' },
      'owner_id',
    ],
  ])('with %s is refused with its place', async (_, body, path) => {
    const lead = await aLead()
    const answer = await owner.call<Problem>('POST', `/crm/leads/${lead.id}/follow-ups`, { body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })
})

test('follow-ups count for nothing in the totals of leads, which go on', async () => {
  const boss = await app.register()
  await plan(await aLead({}, boss), {}, boss)
  await aLead({}, boss)
  const counted = async () =>
    (await boss.call<Groups>('GET', '/crm/leads/groups?group_by=status')).body.items.map(({ count }) => count)
  await vi.waitFor(async () => expect(await counted()).toEqual([2]), { timeout: 10_000, interval: 50 })
})

test('open follow-ups go with the lead to its new owner, and closed ones stay as they were', async () => {
  const boss = await app.register()
  const [ana, bob] = [await app.join(boss, 'sales'), await app.join(boss, 'sales')]
  const owner_id = ana.session.user.id
  const lead = await aLead({ owner_id }, boss)
  const { body: done } = await plan(lead, { number: 1 }, boss)
  await change(done, { status: 'done' }, boss)
  await plan(lead, { number: 2 }, boss)
  await plan(lead, { number: 3, owner_id: boss.session.user.id }, boss)
  await boss.call('PUT', `/crm/leads/${lead.id}/assign`, { body: { owner_id: bob.session.user.id } })
  const owners = async () =>
    (await ofLead(lead, boss)).items
      .toSorted((one, other) => one.number - other.number)
      .map((one) => one.owner_id)
  await vi.waitFor(
    async () => expect(await owners()).toEqual([owner_id, bob.session.user.id, boss.session.user.id]),
    { timeout: 10_000, interval: 50 },
  )
})

test('open follow-ups of a member who leaves go to the owner of the record', async () => {
  const boss = await app.register()
  const ana = await app.join(boss, 'sales')
  const lead = await aLead({}, boss)
  await plan(lead, { owner_id: ana.session.user.id }, boss)
  const left = await boss.call('DELETE', `/organizations/current/members/${ana.session.user.id}`)
  expect(left.status, left.text).toBeLessThan(300)
  const owner_of = async () => (await ofLead(lead, boss)).items[0]?.owner_id
  await vi.waitFor(async () => expect(await owner_of()).toBe(boss.session.user.id), {
    timeout: 10_000,
    interval: 50,
  })
})

describe('who sees and changes follow-ups', () => {
  test('is who sees and changes their records; others do not learn that there are any', async () => {
    const viewer = await app.join(owner, 'viewer')
    const generator = await app.join(owner, 'lead_generator')
    const stranger = await app.register()
    const lead = await aLead()
    const { body: made } = await plan(lead, { due_at: inDays(3) })
    const seenBy = async (caller: Caller) =>
      (await listed('limit=200', caller)).items.find(({ id }) => id === made.id)
    expect(await seenBy(viewer)).toMatchObject({ can: { update: false } })
    expect(await seenBy(generator)).toBeUndefined()
    expect(await seenBy(stranger)).toBeUndefined()
    expect((await change<Problem>(made, { status: 'done' }, generator)).body.code).toBe('follow_up_not_found')
    expect((await change(made, { status: 'done' }, viewer)).status).toBe(403)
    expect((await change(made, { status: 'done' }, stranger)).status).toBe(404)
    expect((await plan(lead, {}, generator)).status).toBe(404)
    const own = await aLead({}, generator)
    expect((await plan(own, {}, generator)).status).toBe(201)
  })

  test('and what a role must not see of the record is not told with it', async () => {
    const blind = await joinWith(app, owner, { field_rules: { lead: { phone: 'hidden', mobile: 'hidden' } } })
    const { body: made } = await plan(await aLead({ phone: '+351211234567', email: 'a@b.example' }))
    const seen = (await listed('limit=200', blind)).items.find(({ id }) => id === made.id)
    expect(seen?.subject).toMatchObject({ phone: null, email: 'a@b.example' })
  })
})

describe('the list', () => {
  test('is narrowed by status, owner and time, and its pages follow each other', async () => {
    const me = await app.join(owner, 'sales')
    const lead = await aLead({ owner_id: me.session.user.id })
    for (const number of [1, 2, 3]) await plan(lead, { number, due_at: inDays(number) })
    const numbers = async (query: string) => (await listed(query, me)).items.map(({ number }) => number)
    expect(await numbers('owner_id=me')).toEqual([1, 2, 3])
    expect(await numbers(`owner_id=me&due_from=${inDays(1.5)}&due_before=${inDays(2.5)}`)).toEqual([2])
    const first = await listed('owner_id=me&limit=2', me)
    expect(first.items).toHaveLength(2)
    expect(await numbers(`owner_id=me&limit=2&cursor=${first.next_cursor}`)).toEqual([3])
    await change(first.items[0] ?? { id: '' }, { status: 'done' })
    expect(await numbers('owner_id=me&status=done')).toEqual([1])
    expect(await numbers('owner_id=me&status=open')).toEqual([2, 3])
  })
})

describe('today', () => {
  test('holds what is overdue, due by the end of the day where the person is, and coming', async () => {
    const me = await app.join(owner, 'sales')
    await me.call('PUT', '/users/me', { body: { time_zone: 'Pacific/Kiritimati' } })
    const fields = { owner_id: me.session.user.id, country: 'BR', state: 'Amazonas', phone: '+5592991234567' }
    const lead = await aLead(fields)
    await plan(lead, { number: 1, due_at: inDays(-1) })
    await plan(lead, { number: 2, due_at: new Date(Date.now() + 1_200_000).toISOString() })
    await plan(lead, { number: 3, due_at: inDays(3) })
    await plan(await aLead(fields), { number: 1, due_at: inDays(30) })
    const answer = await me.call<Today>('GET', '/crm/today')
    expect(answer.status, answer.text).toBe(200)
    const day = answer.body
    expect(day.time_zone).toBe('Pacific/Kiritimati')
    expect(day.day).toBe(new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10))
    const numbers = ({ follow_ups }: Today['due']) => follow_ups.map(({ number }) => number)
    expect(numbers(day.overdue)).toEqual([1])
    expect([...numbers(day.due), ...numbers(day.upcoming)]).toEqual([2, 3])
    expect(day.overdue.total).toBe(1)
    expect(day.overdue.follow_ups[0]?.subject).toMatchObject({
      title: 'Lead',
      phone: '+5592991234567',
      time_zone: 'America/Manaus',
    })
    await change(day.overdue.follow_ups[0] ?? { id: '' }, { status: 'done' }, me)
    expect(await todayOf(me)).toMatchObject({ overdue: { total: 0 }, done: 1 })
  })
})

describe('the cadence', () => {
  test('is set by whoever may change the organization, and proposals follow it', async () => {
    const boss = await app.register()
    const sales = await app.join(boss, 'sales')
    const path = '/crm/follow-up-cadence'
    expect((await sales.call<Cadence>('GET', path)).body).toEqual(defaultCadence)
    const cadence = {
      ...defaultCadence,
      steps: [{ days: 0, channel: 'email' }, ...defaultCadence.steps.slice(1)],
      calling_days: [0, 1, 2, 3, 4, 5, 6],
    }
    expect((await sales.call('PUT', path, { body: cadence })).status).toBe(403)
    const set = await boss.call<Cadence>('PUT', path, { body: cadence })
    expect(set.body, set.text).toEqual(cadence)
    expect((await sales.call<Cadence>('GET', path)).body).toEqual(cadence)
    const lead = await aLead({}, boss)
    const { next_proposed } = await ofLead(lead, boss)
    expect(next_proposed).toMatchObject({ number: 1, channel: 'email' })
    expect(next_proposed?.due_at.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10))
    const wrong = await boss.call<Problem>('PUT', path, { body: { ...cadence, calling_until: '08:00' } })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'calling_until' }] } })
  })
})
