/** Who is here, as two processes that share a Redis know it, and what becomes of a browser that dies. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { MemberPresence } from '@rapport/contracts'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp, type App } from '../../app.ts'
import { startRedis, type TestRedis } from '../../platform/testing/redis.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { idOf, openWindows, soon } from './presence.fixture.ts'

let redis: TestRedis
let here: TestApp
let there: App
let urls: { here: string; there: string }
let owner: Caller
const enter = openWindows()

const heartbeat = { pingInterval: 200, pingTimeout: 300 }

beforeAll(async () => {
  redis = await startRedis()
  here = await createTestApp({ REDIS_URL: redis.url }, undefined, { heartbeat })
  there = await createApp({
    environment: here.app.platform.environment,
    databaseUrl: here.url,
    log: pino({ level: 'silent' }),
    limits: { perMinute: 100_000, failures: 1000 },
    heartbeat,
  })
  await there.start()
  urls = { here: await here.listen(), there: await there.http.listen({ port: 0, host: '127.0.0.1' }) }
  owner = await here.register()
}, 120_000)
afterAll(async () => {
  await there?.stop()
  await here?.stop()
  await redis?.kill()
})

/** As this process says it. */
async function stateIn(app: App, member: Caller): Promise<string | undefined> {
  const { access_token, organization } = owner.session
  const headers = { authorization: `Bearer ${access_token}`, 'x-org-id': organization.id }
  const answer = await app.http.inject({ method: 'GET', url: '/api/presence', headers })
  const { items } = answer.json<{ items: MemberPresence[] }>()
  return items.find(({ user_id }) => user_id === idOf(member))?.state
}
const statesOf = async (member: Caller) => [await stateIn(here.app, member), await stateIn(there, member)]
const both = (state: string) => [state, state]

test('both processes tell and know of whoever is here, away or gone, whichever holds the window', async () => {
  const colleague = await here.join(owner, 'sales')
  const mine = await enter(owner, urls.here)
  const theirs = await enter(colleague, urls.there)
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('online')), soon)
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('online'), soon)
  theirs.realtime.here({ away: true })
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('away')), soon)
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('away'), soon)
  const second = await enter(colleague, urls.here)
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('online')), soon)
  second.realtime.close()
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('away')), soon)
  theirs.realtime.close()
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('offline')), soon)
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('offline'), soon)
})

test('nobody of another organization is known through what processes share', async () => {
  const stranger = await here.register()
  await enter(stranger, urls.there)
  await enter(owner, urls.there)
  await vi.waitFor(async () => expect(await statesOf(owner)).toEqual(both('online')), soon)
  expect(await statesOf(stranger)).toEqual([undefined, undefined])
})

test('a browser that dies without a word is gone when it does not answer', async () => {
  const colleague = await here.join(owner, 'sales')
  const mine = await enter(owner, urls.here)
  const line = await openLine(Number(new URL(urls.there).port))
  await enter(colleague, line.url)
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('online')), soon)
  line.cut()
  await vi.waitFor(async () => expect(await statesOf(colleague)).toEqual(both('offline')), soon)
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('offline'), soon)
  await line.close()
})

/** A line to the server that can be cut: nothing goes through any more, and neither end is told. */
async function openLine(port: number) {
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('error', () => from.destroy())
      from.on('data', (data) => {
        if (!isCut) to.write(data)
      })
      from.on('close', () => {
        if (!isCut) to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => void (isCut = true),
    async close() {
      for (const end of ends) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
