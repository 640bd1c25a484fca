/** Who views or edits a record, over real sockets, by one process and by two that share a Redis. */
import type { Lead } from '@rapport/contracts'
import { connectRealtime, type PresentPerson, type Realtime, type View } from '@rapport/sdk'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from '../app.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { joinWith } from './members.ts'
import { eventually } from '../platform/events/event-house.fixture.ts'
import { sharePresence } from '../platform/realtime/shared-presence.ts'
import { startRedis, type TestRedis } from '../platform/testing/redis.ts'

let app: TestApp
let redis: TestRedis
let url: string
let owner: Caller
let colleague: Caller
let lead: Lead
const clients: Realtime[] = []

beforeAll(async () => {
  redis = await startRedis()
  app = await createTestApp({ REDIS_URL: redis.url })
  url = await app.listen()
  owner = await app.register({ full_name: 'Ana Lima' })
  colleague = await app.join(owner, 'sales')
  lead = (await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Watched' } })).body
}, 120_000)
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  await app?.stop()
  await redis?.kill()
})

type Window = { people: () => PresentPerson[] | undefined; view: View; client: Realtime }

/** A window of the caller in which the lead is open. */
async function open({ session }: Caller, at = url, id = lead.id): Promise<Window> {
  let people: PresentPerson[] | undefined
  let ready = false
  const client = connectRealtime({
    url: at,
    organization_id: session.organization.id,
    token: () => session.access_token,
    onEvent: () => undefined,
    onReady: () => (ready = true),
    onPresence: (told) => {
      if (told.id === id) people = told.people
    },
  })
  clients.push(client)
  await eventually(() => ready, 'the window is live')
  return { people: () => people, view: client.view({ object: 'lead', id }), client }
}

const nameOf = ({ session }: Caller) => session.user.full_name
/** Null until it has been told. */
const shown = (window: Window) =>
  window.people()?.map(({ name, editing, field }) => `${name} ${editing ? `edits ${field}` : 'views'}`) ??
  null
const soon = { timeout: 10_000 }

describe('on a record that two have open', () => {
  test('each sees the other, what they edit, and when they go', async () => {
    const mine = await open(owner)
    await expect.poll(() => shown(mine), soon).toEqual([])
    const theirs = await open(colleague)
    await expect.poll(() => shown(mine), soon).toEqual([`${nameOf(colleague)} views`])
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    mine.view.edit('phone')
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima edits phone'])
    mine.view.edit(null)
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    mine.view.leave()
    await expect.poll(() => shown(theirs), soon).toEqual([])
  })

  test('a window that is closed or torn away is forgotten', async () => {
    const theirs = await open(colleague)
    const mine = await open(owner)
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    mine.client.close()
    await expect.poll(() => shown(theirs), soon).toEqual([])
  })

  test('somebody with two windows is one person, and editing in either counts', async () => {
    const theirs = await open(colleague)
    const first = await open(owner)
    const second = await open(owner)
    second.view.edit('city')
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima edits city'])
    second.view.leave()
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    expect(shown(first)).toEqual([`${nameOf(colleague)} views`])
  })
})

describe('presence is not told to', () => {
  test('whoever may not read the record, nor are they counted', async () => {
    const own = await joinWith(app, owner, { grants: { 'leads:read': 'own', 'pipelines:read': 'all' } })
    const mine = await open(owner)
    const blind = await open(own)
    await expect.poll(() => shown(mine), soon).toEqual([])
    expect(blind.people()).toBeUndefined()
  })

  test('whoever loses the record while it is open', async () => {
    const own = await joinWith(app, owner, { grants: { 'leads:read': 'own', 'pipelines:read': 'all' } })
    const body = { full_name: 'Handed on', owner_id: own.session.user.id }
    const { id } = (await owner.call<Lead>('POST', '/crm/leads', { body })).body
    const theirs = await open(own, url, id)
    const mine = await open(owner, url, id)
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    await owner.call('PATCH', `/crm/leads/${id}`, { body: { owner_id: null } })
    mine.view.edit('phone')
    await expect.poll(() => shown(theirs), soon).toEqual([])
  })

  test('a role from which the field is hidden: it hears that something is edited, not what', async () => {
    const half = await joinWith(app, owner, {
      grants: { 'leads:read': 'all', 'pipelines:read': 'all' },
      field_rules: { lead: { phone: 'hidden' } },
    })
    const theirs = await open(half)
    const mine = await open(owner)
    mine.view.edit('phone')
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima edits null'])
    mine.view.edit('city')
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima edits city'])
  })

  test('another organization, though it knows the id', async () => {
    const stranger = await open(await app.register())
    const mine = await open(owner)
    await expect.poll(() => shown(mine), soon).toEqual([])
    expect(stranger.people()).toBeUndefined()
  })
})

test('whoever leaves before the answer has come does not stay behind', async () => {
  const theirs = await open(colleague)
  const mine = await open(owner)
  mine.view.leave()
  for (let turn = 0; turn < 5; turn += 1) mine.client.view({ object: 'lead', id: lead.id }).leave()
  mine.client.view({ object: 'lead', id: lead.id }).edit('city')
  await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima edits city'])
  expect(shown(mine)).toEqual([`${nameOf(colleague)} views`])
})

describe('with two processes', () => {
  let there: App
  let thereUrl: string
  beforeAll(async () => {
    there = await createApp({
      environment: app.app.platform.environment,
      databaseUrl: app.url,
      log: pino({ level: 'silent' }),
      limits: { perMinute: 100_000, failures: 1000 },
    })
    await there.start()
    thereUrl = await there.http.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => there?.stop())

  test('each tells of the windows that the other holds, and of their end', async () => {
    const mine = await open(owner)
    const theirs = await open(colleague, thereUrl)
    await expect.poll(() => shown(mine), soon).toEqual([`${nameOf(colleague)} views`])
    await expect.poll(() => shown(theirs), soon).toEqual(['Ana Lima views'])
    theirs.view.edit('email')
    await expect.poll(() => shown(mine), soon).toEqual([`${nameOf(colleague)} edits email`])
    theirs.client.close()
    await expect.poll(() => shown(mine), soon).toEqual([])
  })

  test('what a process said runs out when it does not say it again', async () => {
    const log = pino({ level: 'silent' })
    const [dying, living] = [sharePresence(redis.url, log, 300), sharePresence(redis.url, log)]
    const presence = { user_id: 'a', name: 'A', field: null }
    const known = async () => {
      dying.put('room', 'socket', presence)
      return (await living.others('room')).length === 1
    }
    await eventually(known, 'it is known elsewhere')
    dying.close()
    await expect.poll(() => living.others('room'), soon).toEqual([])
    living.close()
  })
})
