import {
  reservedKeys,
  type CustomField,
  type CustomObject,
  type Problem,
  type RoleRecord,
} from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aField, anObject, aRecord, namesIn, pathOf } from './own-objects.fixture.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

const pathTo = (key: string) => `/crm/custom-objects/${key}`
const change = <Body = CustomObject>({ key, version }: CustomObject, body: object) =>
  owner.call<Body>('PATCH', pathTo(key), { body: { version, ...body } })
const keysOf = async (caller: Caller) =>
  (await caller.call<{ items: CustomObject[] }>('GET', '/crm/custom-objects')).body.items.map(
    ({ key }) => key,
  )
const codeOf = ({ body }: { body: Problem }) => body.errors?.[0]?.code ?? body.code

test('records of an object work the moment it is made, for everybody whose role allows it', async () => {
  const colleague = await app.join(owner, 'sales')
  expect((await colleague.call('GET', '/crm/leads')).status).toBe(200)
  const { key } = await anObject(owner)
  const record = await aRecord(colleague, key, { name: 'Van' })
  expect(record).toMatchObject({ object: key, name: 'Van', owner_id: colleague.session.user.id, version: 1 })
  expect(await namesIn(owner, pathOf(key))).toEqual(['Van'])
})

test('a key that Rapport uses is refused, and so is one that is taken', async () => {
  for (const key of [
    'lead',
    'leads',
    'companies',
    'activity',
    'activities',
    'task',
    'import',
    'organization',
  ])
    expect(reservedKeys.has(key), key).toBe(true)
  const make = (key: string) =>
    owner.call<Problem>('POST', '/crm/custom-objects', { body: { key, label: 'X', label_many: 'Xs' } })
  expect(codeOf(await make('deals'))).toBe('reserved')
  const { key } = await anObject(owner)
  expect(codeOf(await make(key))).toBe('taken')
  expect((await make('Not a key')).status).toBe(422)
})

test('an object is renamed, put elsewhere and told to all; a stale version clashes', async () => {
  const caller = await app.register()
  const [first, , third] = [await anObject(caller), await anObject(caller), await anObject(caller)]
  const body = {
    label: 'Machine',
    label_many: 'Machines',
    icon: 'truck',
    color: 'blue',
    position: 0,
    version: 1,
  }
  const changed = await caller.call<CustomObject>('PATCH', pathTo(third.key), { body })
  expect(changed.body).toMatchObject({ label: 'Machine', icon: 'truck', position: 0, version: 2 })
  expect((await keysOf(caller)).slice(0, 2)).toEqual([third.key, first.key])
  const stale = await caller.call<Problem>('PATCH', pathTo(third.key), { body: { label: 'X', version: 1 } })
  expect(stale.status).toBe(409)
  expect(stale.body).toMatchObject({ code: 'version_conflict', conflicts: ['label'] })
  const same = await caller.call<CustomObject>('PATCH', pathTo(third.key), {
    body: { label: 'Machine', version: 2 },
  })
  expect(same.body.version).toBe(2)
})

test('a retired object and its records are out of reach, and all there when it comes back', async () => {
  const object = await anObject(owner)
  const field = await aField(owner, object.key, 'size', { type: 'number' })
  const record = await aRecord(owner, object.key, { custom: { size: 4 } })
  const seller = await app.join(owner, 'sales')
  const retired = await change(object, { retired: true })
  expect(retired.body.retired).toBe(true)
  expect(await keysOf(seller)).not.toContain(object.key)
  expect(await keysOf(owner)).toContain(object.key)
  for (const caller of [owner, seller]) {
    const answer = await caller.call<Problem>('GET', `${pathOf(object.key)}/${record.id}`)
    expect([answer.status, answer.body.code]).toEqual([404, 'custom_object_not_found'])
  }
  expect((await owner.call('GET', `/crm/custom-fields/${field.id}`)).status).toBe(200)
  expect((await seller.call('GET', `/crm/custom-fields/${field.id}`)).status).toBe(404)
  await change(retired.body, { retired: false })
  expect(await namesIn(seller, pathOf(object.key), { filter: where('size', 'eq', 4) })).toEqual(['One'])
})

test('an object is seen by the roles that it names, and always by who manages objects', async () => {
  const [seller, viewer, admin] = [
    await app.join(owner, 'sales'),
    await app.join(owner, 'viewer'),
    await app.join(owner, 'admin'),
  ]
  const object = await anObject(owner, { roles: ['viewer'] })
  await aField(owner, object.key, 'secret', { type: 'text' })
  const { id } = await aRecord(owner, object.key, { name: 'Sesame' })
  expect(await keysOf(viewer)).toContain(object.key)
  expect(await keysOf(admin)).toContain(object.key)
  expect(await keysOf(seller)).not.toContain(object.key)
  const unseen = [
    ['GET', pathTo(object.key)],
    ['GET', pathOf(object.key)],
    ['GET', `${pathOf(object.key)}/${id}`],
    ['GET', `${pathOf(object.key)}/${id}/timeline`],
    ['GET', `${pathOf(object.key)}/totals?fields=`],
    ['POST', pathOf(object.key), { name: 'X' }],
    ['PATCH', `${pathOf(object.key)}/${id}`, { name: 'X' }],
    ['DELETE', `${pathOf(object.key)}/${id}`],
    ['POST', `${pathOf(object.key)}/bulk`, { ids: [id], action: 'delete' }],
  ] as const
  for (const [method, path, body] of unseen)
    expect((await seller.call(method, path, { body })).status, `${method} ${path}`).toBe(404)
  const fields = await seller.call<{ items: unknown[] }>('GET', `/crm/custom-fields?object=${object.key}`)
  expect(fields.body.items).toEqual([])
  expect((await seller.call('GET', `/crm/views?object=${object.key}`)).status).toBe(422)
  const hits = async (caller: Caller) =>
    (await caller.call<{ items: { id: string }[] }>('GET', '/crm/search?q=sesame')).body.items.map(
      (hit) => hit.id,
    )
  expect(await hits(viewer)).toEqual([id])
  expect(await hits(seller)).toEqual([])
  const role = await owner.call<RoleRecord>('POST', '/organizations/current/roles', {
    body: { name: 'Fleet', from: 'sales' },
  })
  const own = await app.join(owner, role.body.id)
  expect((await own.call('GET', pathOf(object.key))).status).toBe(404)
  await change(object, { roles: [role.body.id] })
  expect((await own.call('GET', pathOf(object.key))).status).toBe(200)
  expect((await viewer.call('GET', pathOf(object.key))).status).toBe(404)
  const unknown = await owner.call<Problem>('POST', '/crm/custom-objects', {
    body: { key: 'with_unknown', label: 'X', label_many: 'Xs', roles: ['viewer', 'nobody'] },
  })
  expect(unknown.body.errors?.[0]).toMatchObject({ path: 'roles.1', code: 'unknown_role' })
})

test('an object goes with its fields and views, but not while it has a record or something leads to it', async () => {
  const object = await anObject(owner)
  const remove = () => owner.call<Problem>('DELETE', pathTo(object.key))
  await aField(owner, object.key, 'size', { type: 'number' })
  const view = { object: object.key, name: 'All' }
  expect((await owner.call('POST', '/crm/views', { body: view })).status).toBe(201)
  const link = await aField(owner, 'lead', `of_${object.key}`, { type: 'relation', to: object.key })
  expect(codeOf(await remove())).toBe('object_in_use')
  expect((await owner.call('DELETE', `/crm/custom-fields/${link.id}`)).status).toBe(204)
  const full = await anObject(owner)
  const { id } = await aRecord(owner, full.key)
  await owner.call('DELETE', `${pathOf(full.key)}/${id}`)
  const kept = await owner.call<Problem>('DELETE', pathTo(full.key))
  expect([kept.status, kept.body.code]).toEqual([409, 'object_has_records'])
  expect((await remove()).status).toBe(204)
  expect((await owner.call('GET', pathTo(object.key))).status).toBe(404)
  await anObject(owner, { key: object.key })
  const left = await owner.call<{ items: unknown[] }>('GET', `/crm/views?object=${object.key}`)
  expect(left.body.items).toEqual([])
  const fields = await owner.call<{ items: unknown[] }>('GET', `/crm/custom-fields?object=${object.key}`)
  expect(fields.body.items).toEqual([])
})

test('fields are made for kinds of records alone, and lead to such', async () => {
  const make = (body: object) =>
    owner.call<Problem>('POST', '/crm/custom-fields', { body: { key: 'odd', label: 'Odd', ...body } })
  const retired = await anObject(owner)
  await change(retired, { retired: true })
  for (const object of ['audit', 'record', 'no_such_object', retired.key]) {
    expect((await make({ object, type: 'text' })).body.errors?.[0]).toMatchObject({
      path: 'object',
      code: 'unknown_object',
    })
    expect((await make({ object: 'lead', type: 'relation', to: object })).body.errors?.[0]).toMatchObject({
      path: 'to',
      code: 'unknown_object',
    })
  }
})

test('a relation to a retired object, and the fields of one, are still changed by who manages them', async () => {
  const object = await anObject(owner)
  const link = await aField(owner, 'deal', 'to_retired', { type: 'relation', to: object.key })
  const own = await aField(owner, object.key, 'size', { type: 'number' })
  await change(object, { retired: true })
  for (const { id } of [link, own]) {
    const answer = await owner.call<CustomField>('PATCH', `/crm/custom-fields/${id}`, {
      body: { label: 'Renamed', version: 1 },
    })
    expect([answer.status, answer.body.label], answer.text).toEqual([200, 'Renamed'])
  }
  expect((await owner.call('GET', '/crm/deals?sort=custom.to_retired')).status).toBe(200)
})

test('only those who manage objects change them', async () => {
  const object = await anObject(owner)
  const manager = await app.join(owner, 'manager')
  const body = { label: 'X', version: 1 }
  expect((await manager.call('PATCH', pathTo(object.key), { body })).status).toBe(403)
  expect((await manager.call('DELETE', pathTo(object.key))).status).toBe(403)
})

const where = (key: string, op: string, value: unknown) =>
  JSON.stringify({ field: `custom.${key}`, op, value })
