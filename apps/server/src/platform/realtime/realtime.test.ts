import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { roleGrants, type Grants, type RapportEvent } from '@rapport/contracts'
import { connectRealtime, type Realtime as Client } from '@rapport/sdk'
import { io } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../actor.ts'
import {
  aLeadEvent,
  eventually,
  openEventHouse,
  silent,
  type EventHouse,
} from '../events/event-house.fixture.ts'
import type { MaintenanceState } from '../maintenance/index.ts'
import { notAuthenticated } from '../problems.ts'
import { createPeople } from './people.ts'
import { createRealtime, type Realtime, type SocketAuthentication } from './index.ts'

let house: EventHouse
let server: Server
let realtime: Realtime
let url: string
const clients: Client[] = []
const withoutRealtime = new Set<string>()
/** What the audit log was told of: the organization that was reached for, and by whom. */
const noted: [string, string | null][] = []
let maintenance: MaintenanceState | null = null
const tellMaintenance: ((state: MaintenanceState | null) => void)[] = []
/** Tokens of this test: who they are, and what they may do in which organization. */
const members = new Map<string, Actor & { session_id: string }>()

const authentication: SocketAuthentication = {
  async identifySocket({ token }) {
    const member = members.get(token ?? '')
    if (token === undefined) return null
    if (!member) throw notAuthenticated()
    const { user_id, organization_id, session_id } = member
    return {
      kind: 'session' as const,
      user_id: user_id ?? '',
      name: member.name,
      session_id,
      token_organization_id: null,
      session_organization_id: organization_id,
      two_factor: false,
    }
  },
  async actorIn({ user_id }, organization_id) {
    const found = [...members.values()].find((member) => member.user_id === user_id)
    return found?.organization_id === organization_id ? found : null
  },
  forgetOrganization: () => undefined,
}

beforeAll(async () => {
  house = await openEventHouse()
  server = createServer()
  realtime = createRealtime({
    server,
    door: { options: {}, headers: {}, addressOf: () => '127.0.0.1' },
    refusals: { note: async (organization_id, { user_id }) => void noted.push([organization_id, user_id]) },
    tenancy: house.tenancy,
    signal: house.signal,
    authentication,
    features: { isOn: async (organization_id) => !withoutRealtime.has(organization_id) },
    maintenance: { current: () => maintenance, onChange: (listener) => void tellMaintenance.push(listener) },
    findOwner: async () => null,
    channels: {
      mayRead: async () => null,
      channelsOf: async () => new Map(),
      complete: async (_organization_id, rows) => [...rows],
    },
    sharedPresence: null,
    sharedTyping: null,
    people: createPeople({ shared: null, log: silent, onSeen: async () => undefined }),
    log: silent,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  await realtime.stop()
  await new Promise((resolve) => server.close(resolve))
  await house.close()
})

async function aMember(actor: Actor, grants: Grants = roleGrants.owner): Promise<string> {
  const [token, user_id, session_id] = [uuidv7(), uuidv7(), uuidv7()]
  const { organization_id } = actor
  await house.tenancy.inSystem(async (tx) => {
    const user = { id: user_id, email: `${user_id}@example.com`, full_name: 'Member', password_hash: '' }
    await tx.insertInto('users').values(user).execute()
    const hash = Buffer.from(session_id)
    const expires_at = new Date(Date.now() + 60_000)
    await tx
      .insertInto('sessions')
      .values({ id: session_id, user_id, organization_id, cookie_hash: hash, refresh_hash: hash, expires_at })
      .execute()
  })
  members.set(token, { ...actor, user_id, name: 'Member', grants, session_id })
  return token
}

type Told = {
  events: RapportEvent[]
  ready: number[]
  refetch: number[]
  states: string[]
  refused: unknown[]
  maintenance: (MaintenanceState | null)[]
}

function connect(
  organization_id: string,
  token: string | undefined,
  since?: number,
): Told & { client: Client } {
  const told: Told = { events: [], ready: [], refetch: [], states: [], refused: [], maintenance: [] }
  const client = connectRealtime({
    url,
    organization_id,
    token: () => token,
    ...(since === undefined ? {} : { since }),
    onEvent: (event) => told.events.push(event),
    onReady: (seq) => told.ready.push(seq),
    onRefetch: (seq) => told.refetch.push(seq),
    onState: (state) => told.states.push(state),
    onRefused: (refusal) => told.refused.push(refusal),
    onMaintenance: (state) => told.maintenance.push(state),
  })
  clients.push(client)
  return { ...told, client }
}

const seqs = (told: Told) => told.events.map((event) => event.seq)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

it('a member hears of a change as soon as it is committed', async () => {
  const actor = await house.anOrganization()
  const told = connect(actor.organization_id, await aMember(actor))
  await eventually(() => told.ready.length === 1, 'the socket is ready')
  const event = aLeadEvent({ data: { changes: ['status'] } })
  await house.emit(actor, event)
  await eventually(() => told.events.length === 1, 'the event has come')
  expect(told.events[0]).toMatchObject({
    seq: 1,
    type: 'lead.updated',
    organization_id: actor.organization_id,
    actor: { id: null, name: 'Rapport' },
    record: { object: 'lead', id: event.record.id, version: 1 },
    data: { changes: ['status'] },
  })
})

it.each(['websocket', 'polling'])('a burst comes whole and in order over %s', async (transport) => {
  const actor = await house.anOrganization()
  const token = await aMember(actor)
  const socket = io(url, {
    path: '/api/realtime',
    transports: [transport],
    forceNew: true,
    auth: { token, organization_id: actor.organization_id },
  })
  const heard: RapportEvent[] = []
  const ready = new Promise((resolve) => void socket.on('ready', resolve))
  socket.on('event', (event: RapportEvent) => void heard.push(event))
  await ready
  // As long as each kind of a WebSocket's frame can be, in letters of one byte and of several.
  const texts = ['', 'a'.repeat(300), 'é'.repeat(40_000), '😀', 'b'.repeat(70_000), 'end']
  await house.emit(actor, ...texts.map((text) => aLeadEvent({ data: { text } })))
  await eventually(() => heard.length === texts.length, 'all have come')
  socket.disconnect()
  expect(heard.map(({ data }) => data['text'])).toEqual(texts)
  expect(heard.map(({ seq }) => seq)).toEqual(range(1, texts.length))
})

it('who comes back gets what it missed, in order and once, while new events keep coming', async () => {
  const actor = await house.anOrganization()
  await house.emit(actor, ...range(1, 1_500).map(() => aLeadEvent()))
  const token = await aMember(actor)
  let writing = true
  const writers = [1, 2, 3].map(async () => {
    while (writing) {
      await house.emit(actor, aLeadEvent(), aLeadEvent())
      await sleep(4)
    }
  })
  const told = range(1, 5).map((turn) => connect(actor.organization_id, token, turn * 200))
  await eventually(() => told.every(({ ready }) => ready.length === 1), 'all are live')
  await sleep(200)
  writing = false
  await Promise.all(writers)
  const last = (await house.eventsOf(actor, 1_000)).at(-1)?.seq ?? 0
  await eventually(() => told.every((one) => one.events.at(-1)?.seq === last), 'the last event has come')
  expect(last).toBeGreaterThan(1_510)
  for (const [index, one] of told.entries()) expect(seqs(one)).toEqual(range((index + 1) * 200 + 1, last))
})

it('who missed too much, or knows of events that do not exist, is told to load anew and goes on live', async () => {
  const actor = await house.anOrganization()
  await house.emit(actor, ...range(1, 2_100).map(() => aLeadEvent()))
  const token = await aMember(actor)
  const told = [connect(actor.organization_id, token, 5), connect(actor.organization_id, token, 9_999)]
  await eventually(() => told.every(({ ready }) => ready.length === 1), 'both are live')
  expect(told.map(({ refetch }) => refetch)).toEqual([[2_100], [2_100]])
  await house.emit(actor, aLeadEvent())
  await eventually(() => told.every(({ events }) => events.length === 1), 'the new event has come')
  expect(told.map(seqs)).toEqual([[2_101], [2_101]])
})

it('nobody hears of what they may not read, neither live nor when catching up', async () => {
  const actor = await house.anOrganization()
  const blind = await aMember(actor, { 'pipelines:read': 'all' })
  const own = await aMember(actor, { 'leads:read': 'own' })
  const owner_id = members.get(own)?.user_id ?? null
  const events = [
    aLeadEvent({ owner_id }),
    aLeadEvent({ owner_id: uuidv7() }),
    aLeadEvent(),
    aLeadEvent({ type: 'pipeline.updated', record: { object: 'pipeline', id: uuidv7() } }),
    aLeadEvent({ type: 'member.joined', record: { object: 'member', id: uuidv7() } }),
    aLeadEvent({ record: { object: 'something unheard of', id: uuidv7() } }),
  ]
  await house.emit(actor, ...events)
  const told = [connect(actor.organization_id, blind, 0), connect(actor.organization_id, own, 0)] as const
  await eventually(() => told.every(({ ready }) => ready.length === 1), 'both are live')
  await house.emit(actor, ...events)
  await eventually(() => told.every((one) => one.events.at(-1)?.seq === 11), 'the last event has come')
  await sleep(100)
  expect(told.map(seqs)).toEqual([
    [4, 5, 10, 11],
    [1, 5, 7, 11],
  ])
})

it('events of another organization are never delivered', async () => {
  const [here, there] = [await house.anOrganization(), await house.anOrganization()]
  const told = connect(here.organization_id, await aMember(here), 0)
  await eventually(() => told.ready.length === 1, 'the socket is ready')
  await house.emit(there, aLeadEvent(), aLeadEvent())
  await house.emit(here, aLeadEvent())
  await eventually(() => told.events.length > 0, 'the own event has come')
  await sleep(100)
  expect(told.events.map((event) => event.organization_id)).toEqual([here.organization_id])
})

it('without a valid token, or for an organization of others, there is no connection', async () => {
  const [here, there] = [await house.anOrganization(), await house.anOrganization()]
  const told = [
    connect(here.organization_id, undefined),
    connect(here.organization_id, 'wrong'),
    connect(there.organization_id, await aMember(here)),
    connect('not an id', await aMember(here)),
  ]
  await eventually(() => told.every(({ refused }) => refused.length === 1), 'all are refused')
  expect(told.map(({ refused }) => refused[0])).toEqual([
    { code: 'not_authenticated', status: 401 },
    { code: 'not_authenticated', status: 401 },
    { code: 'not_a_member', status: 403 },
    { code: 'invalid_input', status: 422 },
  ])
  expect(noted).toEqual([[there.organization_id, expect.any(String)]])
})

it('a removed member and an ended session are disconnected within seconds', async () => {
  const actor = await house.anOrganization()
  const [removed, loggedOut, stays] = [await aMember(actor), await aMember(actor), await aMember(actor)]
  const told = [removed, loggedOut, stays].map((token) => connect(actor.organization_id, token))
  await eventually(() => told.every(({ ready }) => ready.length === 1), 'all are live')
  const session_id = members.get(loggedOut)?.session_id ?? ''
  members.delete(removed)
  await house.tenancy.inSystem((tx) =>
    tx.updateTable('sessions').set({ revoked_at: new Date() }).where('id', '=', session_id).execute(),
  )
  await eventually(
    () => told.slice(0, 2).every(({ states }) => states.includes('offline')),
    'both are out',
    10_000,
  )
  expect(told[2]?.states).toEqual(['connecting', 'live'])
})

it('a member whose role changes hears from then on what the new one allows', async () => {
  const actor = await house.anOrganization()
  const token = await aMember(actor)
  const told = connect(actor.organization_id, token)
  await eventually(() => told.ready.length === 1, 'the socket is ready')
  const forAll = aLeadEvent({ record: { object: 'organization', id: uuidv7() } })
  const hearsLeads = async () => {
    const before = told.events.length
    await house.emit(actor, aLeadEvent(), forAll)
    const heardByAll = () => told.events.slice(before).some((event) => event.record.object === 'organization')
    await eventually(heardByAll, 'what all may hear has come')
    return told.events.slice(before).some((event) => event.record.object === 'lead')
  }
  expect(await hearsLeads()).toBe(true)
  const member = members.get(token)
  if (member) members.set(token, { ...member, grants: {} })
  await eventually(async () => !(await hearsLeads()), 'it hears of leads no more', 12_000)
  expect(await hearsLeads()).toBe(false)
})

it('an organization that has switched real time off has no sockets, and others keep theirs', async () => {
  const [actor, other] = [await house.anOrganization(), await house.anOrganization()]
  const token = await aMember(actor)
  const told = connect(actor.organization_id, token)
  const stays = connect(other.organization_id, await aMember(other))
  await eventually(() => told.ready.length === 1 && stays.ready.length === 1, 'both are connected')
  withoutRealtime.add(actor.organization_id)
  await eventually(() => told.refused.length === 1, 'the socket was shut out')
  expect(told.refused).toEqual([{ code: 'feature_off', status: 403 }])
  expect(stays.refused).toEqual([])
  withoutRealtime.clear()
  told.client.retry()
  await eventually(() => told.ready.length === 2, 'the socket is back')
})

it('every socket hears of maintenance as it begins and ends, and one that comes later is told', async () => {
  const actor = await house.anOrganization()
  const told = connect(actor.organization_id, await aMember(actor))
  await eventually(() => told.ready.length === 1, 'the socket is ready')
  expect(told.maintenance).toEqual([null])
  maintenance = { notice: 'Until noon', since: '2026-01-01T00:00:00.000Z' }
  for (const tell of tellMaintenance) tell(maintenance)
  await eventually(() => told.maintenance.length === 2, 'the first was told')
  const late = connect(actor.organization_id, await aMember(actor))
  await eventually(() => late.maintenance.length === 1, 'the second was told')
  expect([told.maintenance[1], late.maintenance[0]]).toEqual([maintenance, maintenance])
  maintenance = null
  for (const tell of tellMaintenance) tell(null)
  await eventually(() => late.maintenance.length === 2, 'the end was told')
  expect(late.maintenance[1]).toBeNull()
})
