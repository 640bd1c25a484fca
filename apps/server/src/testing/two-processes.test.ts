/** What ends access in one process takes effect within seconds in another, on tokens and on open sockets. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserSession } from '@rapport/contracts'
import { createApp, type App } from '../app.ts'
import { eventually } from '../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'

let here: TestApp
let there: App
let url: string
const sockets: Socket[] = []
const within_ms = 8_000

beforeAll(async () => {
  here = await createTestApp()
  url = await here.listen()
  there = await createApp({
    environment: here.app.platform.environment,
    databaseUrl: here.url,
    log: pino({ level: 'silent' }),
    limits: { perMinute: 100_000, failures: 1000 },
  })
  await there.start()
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await there?.stop()
  await here?.stop()
})

async function connect({ session }: Caller): Promise<Socket> {
  const auth = { token: session.access_token, organization_id: session.organization.id }
  const options = {
    path: '/api/realtime',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth,
  }
  const socket = io(url, options)
  sockets.push(socket)
  await new Promise((resolve, reject) => socket.once('ready', resolve).once('connect_error', reject))
  return socket
}

/** A request that the other process answers. */
async function callThere({ session }: Caller, method: 'DELETE' | 'POST', path: string): Promise<number> {
  const reply = await there.http.inject({
    method,
    url: `/api${path}`,
    headers: { authorization: `Bearer ${session.access_token}`, 'x-org-id': session.organization.id },
  })
  return reply.statusCode
}

const statusHere = async (caller: Caller) => (await caller.call('GET', '/organizations/current')).status

type End = { requests: number; socket: boolean }

/** What requests are answered and whether the socket is gone, after the end or when patience is. */
async function observeEnd(caller: Caller, status: number, end: () => Promise<number>): Promise<End> {
  const socket = await connect(caller)
  expect(await statusHere(caller)).toBe(200)
  expect(await end()).toBeLessThan(300)
  const began = Date.now()
  await eventually(
    async () => (await statusHere(caller)) === status,
    `requests are answered ${status}`,
    within_ms,
  )
  await eventually(() => socket.disconnected, 'the socket is disconnected', within_ms - (Date.now() - began))
  return { requests: await statusHere(caller), socket: socket.connected }
}

test('a log-out', async () => {
  const caller = await here.register()
  const end = await observeEnd(caller, 401, () => callThere(caller, 'POST', '/auth/logout'))
  expect(end).toEqual({ requests: 401, socket: false })
})

test('a session that is ended from another device', async () => {
  const caller = await here.register()
  const body = { email: caller.session.user.email, password: 'correct horse battery' }
  const other = await here.call<Caller['session']>('POST', '/auth/login', { body })
  const phone: Caller = { session: other.body, call: caller.call }
  const list = await caller.call<{ items: UserSession[] }>('GET', '/auth/sessions')
  const own = list.body.items.find(({ current }) => current)?.id ?? randomUUID()
  const end = await observeEnd(caller, 401, () => callThere(phone, 'DELETE', `/auth/sessions/${own}`))
  expect(end).toEqual({ requests: 401, socket: false })
})

test('a membership that was taken away', async () => {
  const owner = await here.register()
  const member = await here.join(owner, 'sales')
  const path = `/organizations/current/members/${member.session.user.id}`
  const end = await observeEnd(member, 403, () => callThere(owner, 'DELETE', path))
  expect(end).toEqual({ requests: 403, socket: false })
})
