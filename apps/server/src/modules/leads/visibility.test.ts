/** Any role, teams and owners against a plain model: what is seen, found, counted, changed and heard is the same everywhere. */
import {
  leadFields,
  roleGrants,
  ruledFields,
  scopes,
  type Board,
  type FieldAccess,
  type Grants,
  type Lead,
  type Pipeline,
  type RapportEvent,
  type Scope,
  type SearchHit,
} from '@rapport/contracts'
import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aTeamOf, changeRole, joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller
let member: Caller & { role: { id: string } }
let people: Caller[]
let pipeline: Pipeline
let leads: Lead[]
let teams: string[]
let socket: Socket
const heard: RapportEvent[] = []

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  member = await joinWith(app, owner, {})
  people = [member, owner, await app.join(owner, 'sales'), await app.join(owner, 'caller')]
  pipeline = (await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')).body.items[0] as Pipeline
  teams = [(await aTeamOf(owner, [])).id, (await aTeamOf(owner, [])).id]
  leads = []
  for (let at = 0; at < 15; at += 1) leads.push(await aLead(at))
  socket = await connect()
})
afterAll(async () => {
  socket?.disconnect()
  await app?.stop()
})

async function aLead(at: number): Promise<Lead> {
  const body = {
    full_name: `Name${at}x`,
    company_name: `Company${at}x`,
    email: `mail${at}x@example.com`,
    external_id: `ext${at}x`,
    estimated_value: 10 + at,
    custom: { note: `Custom${at}x` },
    owner_id: people[at % 5]?.session.user.id ?? null,
    stage_id: pipeline.stages[at % 3]?.id,
  }
  const { status, body: lead, text } = await owner.call<Lead>('POST', '/crm/leads', { body })
  expect(status, text).toBe(201)
  return lead
}

async function connect(): Promise<Socket> {
  const { access_token: token, organization } = member.session
  const opened = io(await app.listen(), {
    path: '/api/realtime',
    transports: ['websocket'],
    auth: { token, organization_id: organization.id },
  })
  let ready = false
  opened.on('ready', () => (ready = true))
  opened.on('event', (event: RapportEvent) => heard.push(event))
  await eventually(() => ready, 'the socket is ready')
  return opened
}

// Any access ---------------------------------------------------------------------------------------

type Situation = {
  read: Scope
  update: Scope | undefined
  remove: Scope | undefined
  fields: Record<string, FieldAccess>
  teams: { members: number[]; manager: number | null }[]
}

const scope = fc.constantFrom(...scopes)
const atMost = (read: Scope) =>
  fc.option(fc.constantFrom(...scopes.slice(0, scopes.indexOf(read) + 1)), { nil: undefined })
const access = fc.record(
  Object.fromEntries(
    (ruledFields['lead'] ?? []).map(({ name, choices }) => [
      name,
      fc.constantFrom('edit' as const, ...choices),
    ]),
  ),
)
const team = fc.record({
  members: fc.uniqueArray(fc.nat(3)),
  manager: fc.option(fc.nat(3)),
})
const situation: fc.Arbitrary<Situation> = scope.chain((read) =>
  fc.record({
    read: fc.constant(read),
    update: atMost(read),
    remove: atMost(read),
    fields: access,
    teams: fc.tuple(team, team).map((both) => [...both]),
  }),
)

async function arrange({ read, update, remove, fields, teams: members }: Situation): Promise<void> {
  const grants: Grants = {
    ...roleGrants.viewer,
    'leads:read': read,
    'leads:create': 'all',
    ...(update ? { 'leads:update': update } : {}),
    ...(remove ? { 'leads:delete': remove } : {}),
  }
  await changeRole(owner, member.role.id, { grants, field_rules: { lead: fields } })
  for (const [index, one] of members.entries()) {
    const body = {
      manager_id: one.manager === null ? null : idOf(one.manager),
      member_ids: one.members.map(idOf),
    }
    const path = `/organizations/current/teams/${teams[index]}`
    expect((await owner.call('PATCH', path, { body })).status).toBe(200)
  }
}

const idOf = (person: number) => people[person]?.session.user.id ?? ''

// The plain model ----------------------------------------------------------------------------------

/** The member is person 0. */
function reaches(given: Scope | undefined, lead: Lead, { teams: all }: Situation): boolean {
  if (given === undefined) return false
  if (given === 'all') return true
  const person = people.findIndex(({ session }) => session.user.id === lead.owner_id)
  if (person === 0) return true
  return (
    given === 'team' &&
    all.some(({ members, manager }) => members.includes(person) && (members.includes(0) || manager === 0))
  )
}

const sees = ({ fields }: Situation, name: string) => fields[name] !== 'hidden'

function told(lead: Lead, now: Situation): Record<string, unknown> {
  const own = Object.entries(lead).filter(([name]) => sees(now, name))
  return {
    ...Object.fromEntries(own),
    can: { update: reaches(now.update, lead, now), delete: reaches(now.remove, lead, now) },
  }
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)

test('a role sees, finds, counts, changes and hears exactly what its grants, its field rules and its teams say', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (now) => {
      await arrange(now)
      const visible = leads.filter((lead) => reaches(now.read, lead, now))
      await expectList(now, visible)
      await expectRecords(now, visible)
      await expectSearch(now, visible)
      await expectBoard(now, visible)
      await expectChanges(now, visible)
      await expectEvents(now, visible)
    }),
    { numRuns: 12, seed: 20_261 },
  )
}, 120_000)

async function expectList(now: Situation, visible: Lead[]): Promise<void> {
  const { body } = await member.call<{ items: Lead[]; total: number }>(
    'GET',
    '/crm/leads?limit=200&count=exact',
  )
  expect(body.items.toSorted(byId)).toEqual(visible.map((lead) => told(lead, now)).toSorted(byId as never))
  expect(body.total).toBe(visible.length)
}

async function expectRecords(now: Situation, visible: Lead[]): Promise<void> {
  for (const lead of leads) {
    const { status, body } = await member.call('GET', `/crm/leads/${lead.id}`)
    const timeline = await member.call('GET', `/crm/leads/${lead.id}/timeline`)
    if (visible.includes(lead)) expect(body).toEqual(told(lead, now))
    expect([status, timeline.status]).toEqual(visible.includes(lead) ? [200, 200] : [404, 404])
    if (!sees(now, 'company_name')) expect(timeline.text).not.toContain('Company')
  }
}

async function expectSearch(now: Situation, visible: Lead[]): Promise<void> {
  const searched = leadFields.filter((field) => field.searchable).map((field) => field.name)
  for (const at of [0, 1, 7])
    for (const name of searched) {
      const lead = leads[at] as Lead
      const value = (lead as unknown as Record<string, unknown>)[name]
      if (typeof value !== 'string') continue
      const q = encodeURIComponent(value)
      const expected = visible.includes(lead) && sees(now, name) ? [lead.id] : []
      const list = await member.call<{ items: Lead[] }>('GET', `/crm/leads?q=${q}`)
      const hits = await member.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${q}`)
      expect(
        [list, hits].map(({ body }) => body.items.map((item) => item.id)),
        `${name} of ${at}`,
      ).toEqual([expected, expected])
    }
}

async function expectBoard(now: Situation, visible: Lead[]): Promise<void> {
  const { body } = await member.call<Board>('GET', `/crm/pipelines/${pipeline.id}/board`)
  for (const column of body.columns) {
    const inside = visible.filter((lead) => lead.stage_id === column.stage.id)
    expect(column.count).toBe(inside.length)
    // Nothing is planned with any of them.
    const cards = inside.map((lead) => ({ ...told(lead, now), next_follow_up: null }))
    expect(column.items.toSorted(byId)).toEqual(cards.toSorted(byId as never))
    const value = inside.reduce((sum, lead) => sum + (lead.estimated_value ?? 0), 0)
    expect(column.values.map((one) => one.value)).toEqual(
      sees(now, 'estimated_value') && value > 0 ? [value] : [],
    )
  }
}

/** Values are given as they are, so that what is allowed changes nothing. */
async function expectChanges(now: Situation, visible: Lead[]): Promise<void> {
  for (const lead of leads.slice(0, 5))
    for (const name of ['full_name', 'email', 'estimated_value', 'owner_id'] as const) {
      const { status, body } = await member.call<{ errors?: { path: string; code: string }[] }>(
        'PATCH',
        `/crm/leads/${lead.id}`,
        { body: { [name]: lead[name] } },
      )
      const editable = (now.fields[name] ?? 'edit') === 'edit'
      const allowed = !visible.includes(lead)
        ? 404
        : !reaches(now.update, lead, now)
          ? 403
          : editable
            ? 200
            : 422
      expect(status, `${name}: ${JSON.stringify(body)}`).toBe(now.update === undefined ? 403 : allowed)
      if (status === 422) expect(body.errors).toMatchObject([{ path: name, code: 'forbidden_field' }])
    }
}

async function expectEvents(now: Situation, visible: Lead[]): Promise<void> {
  heard.length = 0
  const mark = crypto.randomUUID()
  const changed = [0, 1, 2, 3, 4]
  for (const at of changed) {
    const body = { city: `City ${mark}`, company_name: `Company${at}x ${mark}`, custom: { note: mark } }
    const { body: lead } = await owner.call<Lead>('PATCH', `/crm/leads/${leads[at]?.id}`, { body })
    // Back to what the searches look for; the model knows the version.
    const again = await owner.call<Lead>('PATCH', `/crm/leads/${lead.id}`, {
      body: { company_name: `Company${at}x`, custom: { note: `Custom${at}x` } },
    })
    leads[at] = { ...again.body, can: { update: true, delete: true } }
  }
  await owner.call('PUT', '/organizations/current', { body: { name: mark } })
  await eventually(() => heard.some((event) => event.data['name'] === mark), 'the mark has come')
  const updates = heard.filter((event) => event.type === 'lead.updated')
  const expected = changed
    .map((at) => leads[at] as Lead)
    .filter((lead) => visible.some(({ id }) => id === lead.id))
  expect(updates.map((event) => event.record.id)).toEqual(expected.flatMap(({ id }) => [id, id]))
  for (const { data } of updates) {
    const names = Object.keys(data['changes'] as object)
    expect(names.every((name) => sees(now, name.split('.')[0] ?? ''))).toBe(true)
    expect(Object.hasOwn(data, 'estimated_value')).toBe(sees(now, 'estimated_value'))
    if (sees(now, 'company_name')) expect(names).toContain('company_name')
  }
}
