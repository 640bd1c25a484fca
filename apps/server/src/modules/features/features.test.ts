import { featureNames, type FeatureFlags } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let viewer: Caller
let stranger: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  viewer = await app.join(owner, 'viewer')
  stranger = await app.register()
})
afterAll(() => app?.stop())

const path = '/organizations/current/feature-flags'
const everything = Object.fromEntries(featureNames.map((name) => [name, true])) as FeatureFlags
const put = (caller: Caller, body: unknown) => caller.call<FeatureFlags>('PUT', path, { body })
const off = { status: 403, body: { code: 'feature_off' } }
beforeEach(() => put(owner, everything))

async function countEntries(): Promise<number> {
  const { id } = owner.session.organization
  const rows = await app.app.platform.tenancy.inTenant(systemActor(id), ({ tx }) =>
    tx
      .selectFrom('audit_log')
      .select('seq')
      .where('organization_id', '=', id)
      .where('action', '=', 'organization.features_switched')
      .execute(),
  )
  return rows.length
}

describe('the features of an organization', () => {
  test('are all on until one is switched off, and every member may look', async () => {
    expect(await viewer.call('GET', path)).toMatchObject({ status: 200, body: everything })
  })

  test('are switched by those who may, and only those', async () => {
    expect(await put(viewer, { imports: false })).toMatchObject({
      status: 403,
      body: { code: 'permission_missing' },
    })
    expect((await put(owner, { imports: false })).body).toEqual({ ...everything, imports: false })
    expect((await viewer.call('GET', path)).body).toEqual({ ...everything, imports: false })
  })

  test('are the known ones: a name that is not is a 422 that names it', async () => {
    const answer = await put(owner, { teleport: true, imports: false })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'teleport' }] } })
    expect((await owner.call('GET', path)).body).toEqual(everything)
  })

  test('are audited with what was before, once for each change', async () => {
    const before = await countEntries()
    await put(owner, { search: false, imports: true })
    await put(owner, { search: false })
    expect(await countEntries()).toBe(before + 1)
  })
})

describe('a feature that is switched off', () => {
  test('refuses its routes at once, to everyone there, and to nobody elsewhere', async () => {
    expect((await owner.call('GET', '/crm/imports')).status).toBe(200)
    await put(owner, { imports: false })
    expect(await owner.call('GET', '/crm/imports')).toMatchObject(off)
    expect((await stranger.call('GET', '/crm/imports')).status).toBe(200)
    await put(owner, { imports: true })
    expect((await owner.call('GET', '/crm/imports')).status).toBe(200)
  })

  test('tells of a missing permission first: what is off is nobody else’s business', async () => {
    await put(owner, { imports: false })
    expect(await viewer.call('GET', '/crm/imports')).toMatchObject({ body: { code: 'permission_missing' } })
  })

  test('is search: nothing is found, and lists still filter', async () => {
    await put(owner, { search: false })
    expect(await owner.call('GET', '/crm/search?q=ada')).toMatchObject(off)
    expect((await owner.call('GET', '/crm/leads?q=ada')).status).toBe(200)
  })

  test('is API keys: those that are out there stop working, and work again afterwards', async () => {
    const made = await owner.call<{ secret: string }>('POST', '/api-keys', {
      body: { name: 'Import', scopes: ['leads:read'], expires_at: null },
    })
    expect(made.status, made.text).toBe(201)
    const byKey = () =>
      app.call('GET', '/crm/leads', { headers: { authorization: `Bearer ${made.body.secret}` } })
    expect((await byKey()).status).toBe(200)
    await put(owner, { api_keys: false })
    expect(await byKey()).toMatchObject(off)
    expect(await owner.call('GET', '/api-keys')).toMatchObject(off)
    await put(owner, { api_keys: true })
    expect((await byKey()).status).toBe(200)
  })
})
