import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { roleGrants, type Lead, type Operations, type PushDevice, type ReplyOf } from '@rapport/contracts'
import { connectRealtime, type Realtime } from '@rapport/sdk/realtime'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { findDevices } from './devices.ts'
import { startPushService, towardPushService, type PushService } from './push-service.fixture.ts'

let app: TestApp
let service: PushService
let owner: Caller
let admin: Client
const windows: Realtime[] = []

beforeAll(async () => {
  const port = await findPort()
  service = await startPushService(port)
  const outgoing = towardPushService
  app = await createTestApp({ RAPPORT_OUTGOING_PORTS: String(port) }, undefined, { outgoing })
  owner = await app.register({ full_name: 'Ana Lima' })
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
beforeEach(() => service.refuse(null))
afterEach(() => {
  for (const window of windows.splice(0)) window.close()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
  await service?.close()
})

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const soon = { timeout: 10_000 }
const idOf = ({ session }: Caller) => session.user.id
type Devices = ReplyOf<Operations['push']['devices']>
const devicesOf = async (by: Caller) => (await by.call<Devices>('GET', '/users/me/push-devices')).body

/** Switches pushes on in the browser that the person is logged in with. */
async function switchOn(by: Caller) {
  const browser = service.subscribe((await devicesOf(by)).public_key)
  const kept = await by.call<PushDevice>('PUT', '/users/me/push-devices', { body: browser.subscription })
  expect(kept.status, kept.text).toBe(200)
  return { ...browser, device: kept.body }
}

async function give(to: Caller, fields: object = {}): Promise<Lead> {
  const body = { full_name: 'Ada Moreau', owner_id: idOf(to), ...fields }
  const made = await owner.call<Lead>('POST', '/crm/leads', { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}

const tagsOf = ({ received }: { received: { message: { tag: string } }[] }) =>
  received.map(({ message }) => message.tag)

/** What was told before somebody else is on its way by then, and no longer when nothing is. */
async function everythingPushed(): Promise<void> {
  const witness = await app.join(owner, 'sales')
  const browser = await switchOn(witness)
  await give(witness)
  await vi.waitFor(() => expect(browser.received).toHaveLength(1), soon)
  await vi.waitFor(async () => {
    const { rows } = await admin.query(
      "SELECT FROM pgboss.job WHERE name = 'notifications.push' AND state IN ('created', 'active')",
    )
    expect(rows).toEqual([])
  }, soon)
}

describe('a push', () => {
  test('reaches the browser sealed and signed, says what happened in the language of its reader, and comes once', async () => {
    const reader = await app.join(owner, 'sales')
    await admin.query("UPDATE users SET language = 'pt-BR' WHERE id = $1", [idOf(reader)])
    const browser = await switchOn(reader)
    expect(browser.device).toMatchObject({ current: true, pushed_at: null })
    const lead = await give(reader)
    await vi.waitFor(() => expect(browser.received).toHaveLength(1), soon)
    const [{ message, headers, claims } = expect.fail()] = browser.received
    expect(message).toEqual({
      title: 'Ada Moreau',
      body: 'Ana Lima passou para você',
      tag: `lead ${lead.id}`,
      open: `/told?object=lead&id=${lead.id}`,
      lang: 'pt-BR',
    })
    expect(headers).toMatchObject({ urgency: 'high', ttl: expect.stringMatching(/^\d+$/) })
    expect(claims.sub).toMatch(/^mailto:/)
    expect(claims.exp).toBeGreaterThan(Date.now() / 1000)
    await everythingPushed()
    expect(browser.received).toHaveLength(1)
    expect((await devicesOf(reader)).items).toMatchObject([{ pushed_at: expect.any(String) }])
  })

  test('of many at once in one place is one', async () => {
    const reader = await app.join(owner, 'sales')
    const browser = await switchOn(reader)
    const leads = []
    for (let count = 0; count < 5; count += 1) leads.push(await give(owner))
    await owner.call('POST', '/crm/leads/bulk', {
      body: { action: 'assign', ids: leads.map(({ id }) => id), owner_id: idOf(reader) },
    })
    await vi.waitFor(() => expect(browser.received).toHaveLength(1), soon)
    expect(browser.received[0]?.message).toMatchObject({ title: '5 records', tag: 'lead null' })
  })

  test('is tried again while the push service does not take it', async () => {
    const reader = await app.join(owner, 'sales')
    const browser = await switchOn(reader)
    service.refuse(503)
    const before = service.requests()
    await give(reader)
    await vi.waitFor(() => expect(service.requests()).toBeGreaterThan(before), soon)
    expect(browser.received).toEqual([])
    service.refuse(null)
    await vi.waitFor(() => expect(browser.received).toHaveLength(1), { timeout: 20_000 })
  })

  test('to a browser that is gone is the last', async () => {
    const reader = await app.join(owner, 'sales')
    const browser = await switchOn(reader)
    browser.end()
    await give(reader)
    await vi.waitFor(async () => expect((await devicesOf(reader)).items).toEqual([]), soon)
  })
})

describe('nothing is pushed', () => {
  test('of what has been read, is switched off, or comes in quiet hours', async () => {
    const [quiet, deaf, waiting] = [
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
    ]
    const browsers = [await switchOn(quiet), await switchOn(deaf), await switchOn(waiting)]
    const settle = (by: Caller, body: object) => by.call('PATCH', '/notifications/settings', { body })
    await settle(quiet, { paused_until: new Date(Date.now() + 3_600_000).toISOString() })
    await settle(deaf, { channels: { record_assigned: { push: false } } })
    // Shown in a window, and read there before it would be pushed.
    await enter(waiting)
    for (const reader of [quiet, deaf, waiting]) await give(reader)
    await everythingPushed()
    const { rows } = await admin.query<{ due: boolean }>(
      'SELECT push_due_at > now() AS due FROM notifications WHERE user_id = $1',
      [idOf(waiting)],
    )
    expect(rows).toEqual([{ due: true }])
    await waiting.call('PUT', '/notifications/read', { body: { all: true } })
    await pushNow(waiting)
    await everythingPushed()
    expect(browsers.map(({ received }) => received)).toEqual([[], [], []])
  })

  test('of what the reader may not read any more', async () => {
    const reader = await joinWith(app, owner, { grants: roleGrants.sales })
    const browser = await switchOn(reader)
    await enter(reader)
    const lead = await give(reader)
    await everythingPushed()
    const own = { 'leads:read': 'own' as const, 'pipelines:read': 'all' as const }
    const narrowed = await owner.call('PATCH', `/organizations/current/roles/${reader.role.id}`, {
      body: { grants: own },
    })
    const taken = await owner.call('PATCH', `/crm/leads/${lead.id}`, {
      body: { owner_id: idOf(owner), version: lead.version },
    })
    expect([narrowed.status, taken.status]).toEqual([200, 200])
    await leaveWindows(reader)
    await pushNow(reader)
    await everythingPushed()
    expect(browser.received).toEqual([])
  })

  test('to whom has logged out, left the organization, or works in another one', async () => {
    const readers = []
    for (let count = 0; count < 4; count += 1) readers.push(await app.join(owner, 'sales'))
    const [gone, removed, elsewhere, staying] = readers as [Caller, Caller, Caller, Caller]
    const browsers = []
    for (const reader of readers) {
      browsers.push(await switchOn(reader))
      await enter(reader)
    }
    for (const reader of readers) await give(reader)
    await everythingPushed()
    await gone.call('DELETE', `/auth/sessions/${(await sessionOf(gone)).id}`)
    await owner.call('DELETE', `/organizations/current/members/${idOf(removed)}`)
    const home = await homeOf(elsewhere)
    await elsewhere.call('POST', '/auth/switch-organization', { body: { organization_id: home } })
    await leaveWindows(...readers)
    for (const reader of readers) await pushNow(reader)
    await everythingPushed()
    expect(browsers.map(({ received }) => received.length)).toEqual([0, 0, 0, 1])
    expect((await devicesOf(staying)).items).toHaveLength(1)
  })

  test('to a log-in without the second factor that the organization asks for', async () => {
    const strict = await app.register()
    await switchOn(strict)
    const { id } = strict.session.organization
    const reached = async () =>
      (await app.app.platform.tenancy.inSystem((tx) => findDevices(tx, id, [idOf(strict)]))).length
    expect(await reached()).toBe(1)
    await admin.query('UPDATE organizations SET require_two_factor = true WHERE id = $1', [id])
    expect(await reached()).toBe(0)
  })
})

test('what is not read at a window follows whoever leaves it', async () => {
  const reader = await app.join(owner, 'sales')
  const browser = await switchOn(reader)
  await enter(reader)
  const lead = await give(reader)
  await everythingPushed()
  expect(browser.received).toEqual([])
  await leaveWindows(reader)
  await pushNow(reader)
  await vi.waitFor(() => expect(tagsOf(browser)).toEqual([`lead ${lead.id}`]), soon)
})

describe('the browsers of a person', () => {
  test('are listed, tried, and taken away by nobody else', async () => {
    const [person, other] = [await app.register(), await app.register()]
    const browser = await switchOn(person)
    const path = `/users/me/push-devices/${browser.device.id}`
    expect((await other.call('POST', `${path}/test`)).status).toBe(404)
    expect((await other.call('DELETE', path)).status).toBe(404)
    expect((await devicesOf(other)).items).toEqual([])
    expect((await person.call('POST', `${path}/test`)).body).toEqual({ outcome: 'sent' })
    expect(tagsOf(browser)).toEqual(['test'])
    expect((await person.call('DELETE', path)).status).toBe(204)
    expect((await devicesOf(person)).items).toEqual([])
    expect((await person.call('POST', `${path}/test`)).status).toBe(404)
    const { rows } = await admin.query<{ action: string }>(
      "SELECT action FROM audit_log WHERE actor_id = $1 AND action LIKE 'session.push%' ORDER BY seq",
      [idOf(person)],
    )
    expect(rows.map(({ action }) => action)).toEqual(['session.push_enabled', 'session.push_disabled'])
  })

  test('belong to whoever logged in there last', async () => {
    const [before, after] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const browser = await switchOn(before)
    await after.call('PUT', '/users/me/push-devices', { body: browser.subscription })
    expect((await devicesOf(before)).items).toEqual([])
    await give(before)
    const lead = await give(after)
    await vi.waitFor(() => expect(tagsOf(browser)).toEqual([`lead ${lead.id}`]), soon)
  })

  test('are kept once, however many windows ask for it at the same moment', async () => {
    const person = await app.join(owner, 'sales')
    for (let round = 0; round < 20; round += 1) {
      const { subscription: body } = service.subscribe((await devicesOf(person)).public_key)
      const ask = () => person.call('PUT', '/users/me/push-devices', { body })
      const answers = await Promise.all(Array.from({ length: 6 }, ask))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      const [kept = expect.fail(), ...others] = (await devicesOf(person)).items
      expect(others).toEqual([])
      await person.call('DELETE', `/users/me/push-devices/${kept.id}`)
    }
  })

  test('never make the server call an address inside', async () => {
    const person = await app.register()
    const { subscription } = service.subscribe((await devicesOf(person)).public_key)
    for (const endpoint of ['http://hooks.test/push', 'ftp://hooks.test/x', 'nowhere'])
      expect(
        (await person.call('PUT', '/users/me/push-devices', { body: { ...subscription, endpoint } })).status,
      ).toBe(422)
    const endpoint = 'https://169.254.169.254/latest/meta-data'
    const kept = await person.call<PushDevice>('PUT', '/users/me/push-devices', {
      body: { ...subscription, endpoint },
    })
    const tried = await person.call('POST', `/users/me/push-devices/${kept.body.id}/test`)
    expect(tried.body).toEqual({ outcome: 'refused' })
  })

  test('are refused with keys that open nothing', async () => {
    const { subscription } = service.subscribe((await devicesOf(owner)).public_key)
    const keys = { ...subscription.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') }
    const refused = await owner.call('PUT', '/users/me/push-devices', { body: { ...subscription, keys } })
    expect(refused.status).toBe(422)
  })

  test('are kept sealed, and go with the account', async () => {
    const person = await app.register()
    const { subscription } = await switchOn(person)
    const kept = async () =>
      (await admin.query('SELECT * FROM push_devices WHERE user_id = $1', [idOf(person)])).rows
    expect(JSON.stringify(await kept())).not.toContain(subscription.endpoint)
    await person.call('DELETE', '/users/me', { body: { password: 'correct horse battery' } })
    expect(await kept()).toEqual([])
  })
})

async function enter(member: Caller): Promise<void> {
  const url = await address()
  const { organization } = member.session
  const window = connectRealtime({
    url,
    organization_id: organization.id,
    token: () => member.session.access_token,
    onEvent: () => undefined,
  })
  windows.push(window)
  await vi.waitFor(async () => expect(await stateOf(member)).toBe('online'), soon)
}

async function leaveWindows(...members: Caller[]): Promise<void> {
  for (const window of windows.splice(0)) window.close()
  for (const member of members)
    await vi.waitFor(async () => expect(await stateOf(member)).not.toBe('online'), soon)
}

let listening: Promise<string> | undefined
const address = () => (listening ??= app.listen())

async function stateOf(member: Caller): Promise<string | undefined> {
  const { body } = await owner.call<{ items: { user_id: string; state: string }[] }>('GET', '/presence')
  return body.items.find(({ user_id }) => user_id === idOf(member))?.state
}

/** As if the minute were over. */
async function pushNow(reader: Caller): Promise<void> {
  await admin.query(
    'UPDATE notifications SET push_due_at = now() WHERE user_id = $1 AND push_due_at IS NOT NULL',
    [idOf(reader)],
  )
  await admin.query("UPDATE alarms SET rings_at = now() WHERE name = 'notifications.push'")
}

async function sessionOf(by: Caller): Promise<{ id: string }> {
  const { body } = await by.call<{ items: { id: string; current: boolean }[] }>('GET', '/auth/sessions')
  return body.items.find(({ current }) => current) ?? expect.fail('There is no session.')
}

async function homeOf(member: Caller): Promise<string> {
  const { rows } = await admin.query<{ organization_id: string }>(
    'SELECT organization_id FROM memberships WHERE user_id = $1 AND organization_id <> $2',
    [idOf(member), owner.session.organization.id],
  )
  return rows[0]?.organization_id ?? expect.fail('There is no other organization.')
}
