/** Real time through the whole server: real accounts, tokens, cookies and leads. */
import type { Lead, RapportEvent } from '@rapport/contracts'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'

let test: TestApp
let url: string
const sockets: Socket[] = []
beforeAll(async () => {
  test = await createTestApp()
  url = await test.listen()
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})
afterAll(() => test.stop())

type Heard = { socket: Socket; events: RapportEvent[]; ready: number[]; refusals: unknown[] }

function connect(auth: Record<string, unknown>, headers: Record<string, string> = {}): Heard {
  const socket = io(url, {
    path: '/api/realtime',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth,
    extraHeaders: headers,
  })
  sockets.push(socket)
  const heard: Heard = { socket, events: [], ready: [], refusals: [] }
  socket.on('event', (event: RapportEvent) => heard.events.push(event))
  socket.on('ready', ({ seq }: { seq: number }) => heard.ready.push(seq))
  socket.on('connect_error', (error: Error & { data?: unknown }) => heard.refusals.push(error.data))
  return heard
}

const organizationOf = ({ session }: Caller) => session.organization.id

async function cookieOf(email: string): Promise<string> {
  const body = { email, password: 'correct horse battery' }
  const reply = await test.call('POST', '/auth/login', { body })
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

it('a colleague hears of a new lead and of its change, with who did it', async () => {
  const owner = await test.register()
  const colleague = await test.join(owner, 'sales')
  const organization_id = organizationOf(owner)
  const heard = connect({ token: colleague.session.access_token, organization_id })
  await eventually(() => heard.ready.length === 1, 'the socket is ready')
  const { body: lead } = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Lovelace' } })
  await owner.call('PATCH', `/crm/leads/${lead.id}`, {
    body: { full_name: 'Ada King', version: lead.version },
  })
  await eventually(() => heard.events.some((event) => event.type === 'lead.updated'), 'the change has come')
  const changed = heard.events.find((event) => event.type === 'lead.updated')
  expect(heard.events.map((event) => event.type)).toContain('lead.created')
  expect(changed).toMatchObject({
    organization_id,
    actor: { id: owner.session.user.id, name: owner.session.user.full_name },
    record: { object: 'lead', id: lead.id, version: lead.version + 1 },
  })
})

it('the session cookie connects from the own origin only, and ends with the log-out', async () => {
  const owner = await test.register()
  const organization_id = organizationOf(owner)
  const cookie = await cookieOf(owner.session.user.email)
  const [own, foreign, none] = [
    connect({ organization_id }, { cookie, origin: url }),
    connect({ organization_id }, { cookie, origin: 'https://elsewhere.example' }),
    connect({ organization_id }, { cookie }),
  ] as const
  await eventually(() => own.ready.length === 1, 'the own page is connected')
  await eventually(() => foreign.refusals.length + none.refusals.length === 2, 'the others are refused')
  expect(foreign.refusals).toEqual([{ code: 'origin_refused', status: 403 }])
  expect(none.refusals).toEqual([{ code: 'origin_refused', status: 403 }])
  const origin = test.app.platform.environment.publicUrl
  const reply = await test.call('POST', '/auth/logout', { headers: { cookie, origin } })
  expect(reply.status).toBe(204)
  await eventually(() => own.socket.disconnected, 'the page is disconnected', 12_000)
})

it('a token of one organization opens no other', async () => {
  const [here, there] = [await test.register(), await test.register()]
  const heard = connect({ token: here.session.access_token, organization_id: organizationOf(there) })
  await eventually(() => heard.refusals.length === 1, 'it is refused')
  expect(heard.refusals).toEqual([{ code: 'organization_mismatch', status: 403 }])
})

it('a record is opened only by who may read such records, and a flood ends the socket', async () => {
  const owner = await test.register()
  const heard = connect({ token: owner.session.access_token, organization_id: organizationOf(owner) })
  await eventually(() => heard.ready.length === 1, 'the socket is ready')
  const open = (record: unknown): Promise<unknown> => heard.socket.emitWithAck('open', record)
  const id = crypto.randomUUID()
  expect(await open({ object: 'lead', id })).toEqual({ ok: true })
  expect(await open({ object: 'secret', id })).toEqual({ ok: false, code: 'permission_missing' })
  expect(await open({ object: 'lead', id: 'x' })).toEqual({ ok: false, code: 'invalid_input' })
  expect(await open('lead')).toEqual({ ok: false, code: 'invalid_input' })
  for (let message = 0; message < 200; message += 1) heard.socket.emit('close', { object: 'lead', id })
  await eventually(() => heard.socket.disconnected, 'the flood has ended it')
})
