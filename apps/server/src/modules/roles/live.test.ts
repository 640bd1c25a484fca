/** A change of a role, a team or a membership takes effect at once: in this process, in another, and on open sockets. */
import { roleGrants, type Lead, type RapportEvent } from '@rapport/contracts'
import { io, type Socket } from 'socket.io-client'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../app.ts'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aTeamOf, changeRole, joinWith } from '../../testing/members.ts'

let app: TestApp
/** The same installation, in what might be another machine's process. */
let elsewhere: App
let urls: string[]
let owner: Caller
const sockets: Socket[] = []

beforeAll(async () => {
  app = await createTestApp()
  const log = pino({ level: 'silent' })
  const { environment } = app.app.platform
  elsewhere = await createApp({ environment: { ...environment, role: 'web' }, databaseUrl: app.url, log })
  await elsewhere.start()
  urls = [await app.listen(), await elsewhere.http.listen({ port: 0, host: '127.0.0.1' })]
  owner = await app.register()
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})
afterAll(async () => {
  await elsewhere?.stop()
  await app?.stop()
})

type Heard = { socket: Socket; events: RapportEvent[]; leads: () => RapportEvent[] }

async function listen(caller: Caller, url = urls[0]): Promise<Heard> {
  const { access_token, organization } = caller.session
  const socket = io(url, {
    path: '/api/realtime',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token: access_token, organization_id: organization.id },
  })
  sockets.push(socket)
  const events: RapportEvent[] = []
  let ready = false
  socket.on('event', (event: RapportEvent) => events.push(event))
  socket.on('ready', () => (ready = true))
  await eventually(() => ready, 'the socket is ready')
  return { socket, events, leads: () => events.filter((event) => event.record.object === 'lead') }
}

const create = async (by: Caller, body: object): Promise<Lead> =>
  (await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', ...body } })).body
const change = (id: string, body: object) => owner.call('PATCH', `/crm/leads/${id}`, { body })
/** Something that everyone hears, so that what came before it has come. */
async function settle(...heard: Heard[]): Promise<void> {
  const name = `Mark ${crypto.randomUUID()}`
  await owner.call('PUT', '/organizations/current', { body: { name } })
  for (const one of heard)
    await eventually(() => one.events.some((event) => event.data['name'] === name), 'the mark has come')
}

test('a field that becomes hidden is told to open sockets no more, from the very next event', async () => {
  const member = await joinWith(app, owner, {})
  const [here, there] = [await listen(member), await listen(member, urls[1])]
  const lead = await create(owner, { email: 'ada@hidden.example' })
  await changeRole(owner, member.role.id, { field_rules: { lead: { email: 'hidden', custom: 'hidden' } } })
  await change(lead.id, { email: 'new@hidden.example', city: 'Recife', custom: { note: 'hidden.example' } })
  await settle(here, there)
  for (const heard of [here, there]) {
    const update = heard.events.find((event) => event.type === 'lead.updated')
    expect(update?.data).toMatchObject({ full_name: 'Ada', changes: { city: [null, 'Recife'] } })
    expect(JSON.stringify(update)).not.toContain('hidden.example')
    expect(heard.events.some((event) => event.type === 'role.updated')).toBe(true)
  }
})

test('a role that reads only its own leads hears of those only, from the very next event', async () => {
  const member = await joinWith(app, owner, {})
  const heard = [await listen(member), await listen(member, urls[1])]
  const own = { ...roleGrants.sales, 'leads:read': 'own', 'leads:update': 'own' } as const
  await changeRole(owner, member.role.id, { grants: own })
  const [theirs, mine] = [
    await create(owner, { full_name: 'Theirs' }),
    await create(owner, { owner_id: member.session.user.id }),
  ]
  await change(theirs.id, { city: 'Natal' })
  await change(mine.id, { city: 'Recife' })
  await settle(...heard)
  for (const one of heard)
    expect(one.leads().map((event) => [event.type, event.record.id])).toEqual([
      ['lead.created', mine.id],
      ['lead.updated', mine.id],
    ])
})

test('whoever joins a team hears of its members’ leads, and no more after leaving it', async () => {
  const [ann, bob] = [await app.join(owner, 'caller'), await app.join(owner, 'sales')]
  const heard = await listen(ann)
  const before = await create(bob, {})
  await settle(heard)
  const team = await aTeamOf(owner, [ann, bob])
  const during = await create(bob, {})
  await settle(heard)
  await owner.call('PATCH', `/organizations/current/teams/${team.id}`, {
    body: { member_ids: [bob.session.user.id] },
  })
  const after = await create(bob, {})
  await settle(heard)
  const ids = heard.leads().map((event) => event.record.id)
  expect(ids).toContain(during.id)
  expect(ids).not.toContain(before.id)
  expect(ids).not.toContain(after.id)
})

test('a lost permission is refused by every process at once, and a given one granted', async () => {
  const member = await joinWith(app, owner, {})
  const { access_token, organization } = member.session
  const headers = { authorization: `Bearer ${access_token}`, 'x-org-id': organization.id }
  const statuses = async () =>
    Promise.all(urls.map(async (url) => (await fetch(`${url}/api/crm/leads?limit=1`, { headers })).status))
  expect(await statuses()).toEqual([200, 200])
  await changeRole(owner, member.role.id, { grants: { 'pipelines:read': 'all' } })
  const path = '/crm/leads?limit=1'
  expect((await member.call('GET', path)).status).toBe(403)
  await eventually(async () => (await statuses()).join() === '403,403', 'both refuse', 1_500)
  await changeRole(owner, member.role.id, { grants: roleGrants.viewer })
  expect((await member.call('GET', path)).status).toBe(200)
  await eventually(async () => (await statuses()).join() === '200,200', 'both grant', 1_500)
})

test('a socket that comes back hears what it missed by the permissions of now', async () => {
  const member = await joinWith(app, owner, {})
  const first = await listen(member)
  await create(owner, { email: 'seen@hidden.example' })
  await settle(first)
  const since = first.events.at(-1)?.seq
  first.socket.disconnect()
  await create(owner, { full_name: 'Missed', email: 'missed@hidden.example', estimated_value: 4711 })
  await changeRole(owner, member.role.id, { field_rules: { lead: { estimated_value: 'hidden' } } })
  const { access_token, organization } = member.session
  const auth = { token: access_token, organization_id: organization.id, since }
  const socket = io(urls[0], { path: '/api/realtime', transports: ['websocket'], reconnection: false, auth })
  sockets.push(socket)
  const events: RapportEvent[] = []
  socket.on('event', (event: RapportEvent) => events.push(event))
  await eventually(() => events.some((event) => event.data['full_name'] === 'Missed'), 'it has caught up')
  expect(JSON.stringify(events)).not.toContain('4711')
})
