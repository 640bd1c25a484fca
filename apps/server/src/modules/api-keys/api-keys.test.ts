import type { ApiKey, ApiKeyWithSecret, Lead } from '@rapport/contracts'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

type Problem = { code: string; detail: string; errors?: { path: string }[] }
type Made = ApiKeyWithSecret & Problem

async function make(scopes: string[], { by = owner, ...more }: { by?: Caller; expires_at?: string } = {}) {
  const { status, body } = await by.call<Made>('POST', '/api-keys', {
    body: { name: 'Website', scopes, ...more },
  })
  expect(status).toBe(201)
  return body
}

const withKey = (secret: string) => ({ authorization: `Bearer ${secret}` })
const askWith = <Body = Problem>(secret: string, method = 'GET', path = '/crm/leads', body?: unknown) =>
  app.call<Body>(method, path, { headers: withKey(secret), ...(body === undefined ? {} : { body }) })

describe('a key', () => {
  test('tells its secret once, and the database has only its hash', async () => {
    const made = await make(['leads:read'])
    expect(made.secret.startsWith(`${made.prefix}_`)).toBe(true)
    const list = await owner.call<{ items: ApiKey[] }>('GET', '/api-keys')
    expect(list.body.items.find(({ id }) => id === made.id)).toMatchObject({
      prefix: made.prefix,
      scopes: ['leads:read'],
    })
    expect(list.text).not.toContain(made.secret)
    const row = await app.app.platform.tenancy.inSystem((tx) =>
      tx.selectFrom('api_keys').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow(),
    )
    expect(JSON.stringify(row)).not.toContain(made.secret.slice(-49))
    expect(row.secret_hash).toHaveLength(32)
  })

  test('works without naming the organization, and with no other one', async () => {
    const { secret } = await make(['leads:read'])
    expect((await askWith(secret)).status).toBe(200)
    const stranger = await app.register()
    const elsewhere = await app.call<Problem>('GET', '/crm/leads', {
      headers: { ...withKey(secret), 'x-org-id': stranger.session.organization.id },
    })
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'organization_mismatch' } })
  })

  test('may do what its scopes say and nothing else', async () => {
    const { secret } = await make(['leads:read', 'leads:create'])
    expect((await askWith(secret, 'POST', '/crm/leads', { full_name: 'Key Kay' })).status).toBe(201)
    const refused = await askWith(secret, 'GET', '/crm/pipelines')
    expect(refused).toMatchObject({ status: 403, body: { code: 'permission_missing' } })
    expect(refused.body.detail).toContain('pipelines:read')
  })

  test('is named as who did it', async () => {
    const { secret } = await make(['leads:create', 'leads:read'])
    const lead = await askWith<Lead>(secret, 'POST', '/crm/leads', { full_name: 'Named Nan' })
    const timeline = await owner.call('GET', `/crm/leads/${lead.body.id}/timeline`)
    expect(timeline.text).toContain('Website')
  })

  test('with a wrong secret, a wrong checksum or of nobody is one and the same refusal', async () => {
    const { secret } = await make(['leads:read'])
    const other = await make(['leads:read'])
    const wrong = [
      `${secret.slice(0, 13)}${other.secret.slice(13)}`,
      `${secret.slice(0, -1)}-`,
      'rap_x',
      `${secret}x`,
    ]
    for (const text of wrong)
      expect(await askWith(text), text).toMatchObject({ status: 401, body: { code: 'not_authenticated' } })
  })

  test('cannot be used where a person has to be logged in, and makes no keys', async () => {
    const { secret } = await make(['leads:read'])
    for (const [method, path] of [
      ['GET', '/users/me'],
      ['POST', '/auth/logout'],
      ['POST', '/organizations'],
    ] as const)
      expect(await askWith(secret, method, path), path).toMatchObject({
        status: 403,
        body: { code: 'session_required' },
      })
    const making = await askWith(secret, 'POST', '/api-keys', { name: 'Second', scopes: ['leads:read'] })
    expect(making).toMatchObject({ status: 403, body: { code: 'permission_missing' } })
  })

  test('asks the database nothing for its own sake when it is warm', async () => {
    const { secret } = await make(['leads:read'])
    await askWith(secret)
    let acquired = 0
    app.app.database.pool.on('acquire', () => (acquired += 1))
    const counts: number[] = []
    for (let time = 0; time < 10; time += 1) {
      acquired = 0
      await askWith(secret)
      counts.push(acquired)
    }
    // The list itself. Whatever the server does by itself may add one now and then.
    expect(Math.min(...counts)).toBe(1)
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(5)
  })
})

describe('scopes', () => {
  test('never reach further than the maker does', async () => {
    const admin = await app.join(owner, 'admin')
    const beyond = await admin.call<Problem>('POST', '/api-keys', {
      body: { name: 'Too much', scopes: ['leads:read', 'organization:transfer'] },
    })
    expect(beyond.status).toBe(422)
    expect(beyond.body.errors?.[0]?.path).toBe('scopes.1')
  })

  test('are bound to what a custom role holds, now and later', async () => {
    const role = await owner.call<{ id: string; version: number }>('POST', '/organizations/current/roles', {
      body: {
        name: 'Key keeper',
        from: 'viewer',
        grants: { 'api_keys:manage': 'all', 'leads:read': 'own', 'pipelines:read': 'all' },
      },
    })
    expect(role.status).toBe(201)
    const keeper = await app.join(owner, role.body.id)
    const refused = await keeper.call<Problem>('POST', '/api-keys', {
      body: { name: 'Too much', scopes: ['leads:read', 'leads:create'] },
    })
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope_not_held' } })
    expect(refused.body.detail).toContain('leads:create')

    const made = await make(['leads:read'], { by: keeper })
    expect(made.scopes).toEqual(['leads:read:own'])
    await owner.call('POST', '/crm/leads', { body: { full_name: 'Of the owner' } })
    const list = () => askWith<{ items: Lead[] }>(made.secret, 'GET', '/crm/leads')
    expect((await list()).body.items).toEqual([])

    const changed = await owner.call('PATCH', `/organizations/current/roles/${role.body.id}`, {
      body: { grants: { 'api_keys:manage': 'all' }, version: role.body.version },
    })
    expect(changed.status).toBe(200)
    expect((await list()).status).toBe(403)
  })

  test('that are none of the catalogue are told by their place', async () => {
    const { status, body } = await owner.call<Problem>('POST', '/api-keys', {
      body: { name: 'Odd', scopes: ['leads:read', 'leads:fly', 'pipelines:read:own'] },
    })
    expect(status).toBe(422)
    expect(body.errors?.map(({ path }) => path)).toEqual(['scopes.1', 'scopes.2'])
  })

  test('with a narrower reach show the maker’s own records only', async () => {
    const { secret } = await make(['leads:read:own', 'leads:create'])
    const mine = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Mine Min' } })
    const free = await owner.call<Lead>('POST', '/crm/leads', {
      body: { full_name: 'Free Fay', owner_id: null },
    })
    const list = await askWith<{ items: Lead[] }>(secret, 'GET', '/crm/leads?limit=200')
    const ids = list.body.items.map(({ id }) => id)
    expect(ids).toContain(mine.body.id)
    expect(ids).not.toContain(free.body.id)
  })

  test('change at once', async () => {
    const { id, secret } = await make(['leads:read'])
    expect((await askWith(secret)).status).toBe(200)
    const changed = await owner.call<ApiKey>('PUT', `/api-keys/${id}/scopes`, {
      body: { scopes: ['pipelines:read'] },
    })
    expect(changed).toMatchObject({ status: 200, body: { scopes: ['pipelines:read'] } })
    expect((await askWith(secret)).status).toBe(403)
    expect((await askWith(secret, 'GET', '/crm/pipelines')).status).toBe(200)
  })

  test('are worth nothing when the maker leaves', async () => {
    const admin = await app.join(owner, 'admin')
    const { secret } = await make(['leads:read'], { by: admin })
    expect((await askWith(secret)).status).toBe(200)
    const removed = await owner.call('DELETE', `/organizations/current/members/${admin.session.user.id}`)
    expect(removed.status).toBeLessThan(300)
    expect((await askWith(secret)).status).toBe(403)
    const list = await owner.call<{ items: ApiKey[] }>('GET', '/api-keys')
    expect(
      list.body.items.find(({ maker }) => maker.user_id === admin.session.user.id)?.maker.is_member,
    ).toBe(false)
  })
})

describe('the end of a key', () => {
  test('by revocation is at once, and asking twice is no error', async () => {
    const { id, secret } = await make(['leads:read'])
    expect((await askWith(secret)).status).toBe(200)
    expect((await owner.call('DELETE', `/api-keys/${id}`)).status).toBe(204)
    expect((await owner.call('DELETE', `/api-keys/${id}`)).status).toBe(204)
    expect(await askWith(secret)).toMatchObject({ status: 401, body: { code: 'api_key_revoked' } })
    const rotation = await owner.call<Problem>('POST', `/api-keys/${id}/rotate`, { body: {} })
    expect(rotation).toMatchObject({ status: 409, body: { code: 'api_key_ended' } })
  })

  test('by its date needs nobody to do anything', async () => {
    const { id, secret } = await make(['leads:read'], {
      expires_at: new Date(Date.now() + 60_000).toISOString(),
    })
    await app.app.platform.tenancy.inSystem((tx) =>
      tx
        .updateTable('api_keys')
        .set({ expires_at: new Date(Date.now() - 1000) })
        .where('id', '=', id)
        .execute(),
    )
    expect(await askWith(secret)).toMatchObject({ status: 401, body: { code: 'api_key_expired' } })
  })

  test('cannot lie in the past from the start', async () => {
    const { status, body } = await owner.call<Problem>('POST', '/api-keys', {
      body: { name: 'Late', scopes: ['leads:read'], expires_at: '2020-01-01T00:00:00Z' },
    })
    expect(status).toBe(422)
    expect(body.errors?.[0]?.path).toBe('expires_at')
  })

  test('after a rotation comes to the old secret when its grace is over, and to the new one not', async () => {
    const { id, secret } = await make(['leads:read'])
    const rotated = await owner.call<Made>('POST', `/api-keys/${id}/rotate`, { body: {} })
    expect(rotated.status).toBe(200)
    expect(rotated.body.secret.slice(0, 13)).toBe(secret.slice(0, 13))
    const grace_ms = Date.parse(rotated.body.previous_until ?? '') - Date.now()
    expect(Math.round(grace_ms / 3600_000)).toBe(24)
    expect((await askWith(secret)).status).toBe(200)
    expect((await askWith(rotated.body.secret)).status).toBe(200)
    const again = await owner.call<Made>('POST', `/api-keys/${id}/rotate`, { body: { grace_hours: 0 } })
    expect((await askWith(secret)).status).toBe(401)
    expect((await askWith(rotated.body.secret)).status).toBe(401)
    expect((await askWith(again.body.secret)).status).toBe(200)
  })

  test('is brought to others’ keys by revoking only: the new secret would speak for somebody else', async () => {
    const admin = await app.join(owner, 'admin')
    const { id } = await make(['leads:read'])
    const refused = await admin.call<Problem>('POST', `/api-keys/${id}/rotate`, { body: {} })
    expect(refused).toMatchObject({ status: 403, body: { code: 'not_the_maker' } })
    expect((await admin.call('DELETE', `/api-keys/${id}`)).status).toBe(204)
  })
})

describe('the audit log', () => {
  test('has who made, changed, rotated and revoked a key, and never a secret', async () => {
    const { id, secret } = await make(['leads:read'])
    await owner.call('PUT', `/api-keys/${id}/scopes`, { body: { scopes: ['leads:read', 'leads:create'] } })
    const rotated = await owner.call<Made>('POST', `/api-keys/${id}/rotate`, { body: {} })
    await owner.call('DELETE', `/api-keys/${id}`)
    const entries = await auditOf(id)
    expect(entries.map(({ action }) => action)).toEqual([
      'api_key.created',
      'api_key.scopes_changed',
      'api_key.rotated',
      'api_key.revoked',
    ])
    expect(entries[1]).toMatchObject({
      before: { scopes: ['leads:read'] },
      after: { scopes: ['leads:read', 'leads:create'] },
      category: 'security',
      actor_id: owner.session.user.id,
    })
    const text = JSON.stringify(entries)
    for (const told of [secret, rotated.body.secret]) expect(text).not.toContain(told.slice(-49))
  })

  test('has a denied scope once, however often it is tried', async () => {
    const { id, secret } = await make(['leads:read'])
    for (let time = 0; time < 5; time += 1) await askWith(secret, 'GET', '/crm/pipelines')
    const entries = await eventually(id, 'api_key.scope_denied')
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      outcome: 'refused',
      after: { permission: 'pipelines:read' },
      actor_id: id,
    })
  })

  test('has the use of a key that was revoked', async () => {
    const { id, secret } = await make(['leads:read'])
    await owner.call('DELETE', `/api-keys/${id}`)
    for (let time = 0; time < 3; time += 1) await askWith(secret)
    expect(await eventually(id, 'api_key.used_after_end')).toMatchObject([{ after: { ended: 'revoked' } }])
  })

  test('has a network that is new, but neither the first one nor a neighbour', async () => {
    const { id, secret } = await make(['leads:read'])
    const from = (ip: string) =>
      app.call('GET', '/crm/leads', { headers: { ...withKey(secret), 'x-forwarded-for': ip } })
    await from('203.0.113.7')
    await until(async () => (await keyRow(id)).networks.length === 1)
    await from('203.0.113.200')
    await from('2001:db8:1:2::3')
    expect(await eventually(id, 'api_key.used_from_new_network')).toMatchObject([
      { after: { network: '2001:db8:1::/48' }, ip: '2001:db8:1:2::3' },
    ])
    expect((await keyRow(id)).networks).toEqual(['203.0.113.0/24', '2001:db8:1::/48'])
  })

  test('has a burst far above what is usual', async () => {
    const { id, secret } = await make(['leads:read'])
    await app.app.platform.tenancy.inSystem((tx) =>
      tx
        .updateTable('api_keys')
        .set({ usual_per_minute: 4, active_minutes: 50 })
        .where('id', '=', id)
        .execute(),
    )
    for (let round = 0; round < 7; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => askWith(secret, 'GET', '/crm/leads?limit=1')))
    expect(await eventually(id, 'api_key.burst')).toMatchObject([
      { after: { usual_per_minute: 4, requests: 301 } },
    ])
  })
})

describe('the last use', () => {
  test('is noted with time and address, beside the request', async () => {
    const { id, secret } = await make(['leads:read'])
    expect((await keyRow(id)).last_used_at).toBeNull()
    await askWith(secret)
    await until(async () => (await keyRow(id)).last_used_at !== null)
    expect(await keyRow(id)).toMatchObject({ last_used_ip: '127.0.0.1' })
  })
})

describe('a socket', () => {
  test('opens with a key, hears what the key may read, and closes when it is revoked', async () => {
    const { id, secret } = await make(['leads:read'])
    const url = await app.listen()
    const socket = io(url, { path: '/api/realtime', auth: { token: secret }, transports: ['websocket'] })
    try {
      const heard = new Promise<{ type: string }>((resolve) => socket.on('event', resolve))
      await new Promise<void>((resolve, reject) => {
        socket.on('ready', () => resolve())
        socket.on('connect_error', reject)
      })
      await owner.call('POST', '/crm/leads', { body: { full_name: 'Live Liv' } })
      expect((await heard).type).toBe('lead.created')
      const closed = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()))
      await owner.call('DELETE', `/api-keys/${id}`)
      await closed
    } finally {
      socket.close()
    }
  })
})

const keyRow = (id: string) =>
  app.app.platform.tenancy.inSystem((tx) =>
    tx.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )

const auditOf = (id: string) =>
  app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), ({ tx }) =>
    tx.selectFrom('audit_log').selectAll().where('record_id', '=', id).orderBy('seq').execute(),
  )

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('It never came to hold.')
}

/** Entries of that kind, which are written beside the request: waits for the first, and a moment for a second. */
async function eventually(id: string, action: string) {
  const find = async () => (await auditOf(id)).filter((entry) => entry.action === action)
  await until(async () => (await find()).length > 0)
  await new Promise((resolve) => setTimeout(resolve, 100))
  return find()
}
