/** Records of objects that organizations make do what every record does. */
import type {
  Activity,
  AuditEntry,
  CustomRecord,
  Groups,
  Lead,
  Problem,
  RapportEvent,
  RoleRecord,
  SearchHit,
  Totals,
} from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { changeMany, undoJob } from '../../testing/bulk.ts'
import { aField, anObject, aRecord, namesIn, pathOf } from './own-objects.fixture.ts'

let app: TestApp
let owner: Caller
let car: string
let cars: string
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  car = (await anObject(owner, { key: 'car' })).key
  cars = pathOf(car)
  const fields = [
    ['seats', { type: 'number' }],
    ['price', { type: 'money' }],
    ['plate', { type: 'text', unique: true }],
    ['driver', { type: 'relation', to: 'contact' }],
    ['spare', { type: 'relation', to: car }],
    ['doubled', { type: 'formula', formula: 'custom.seats * 2' }],
    ['paint', { type: 'select', options: ['Red', 'Blue'] }],
  ] as const
  for (const [key, given] of fields) await aField(owner, car, key, given)
})
afterAll(() => app?.stop())

type Made = { id: string; version: number }
const get = async <Body = CustomRecord>(path: string, caller = owner) =>
  (await caller.call<Body>('GET', path)).body
const where = (field: string, op: string, value?: unknown) => JSON.stringify({ field, op, value })

test('values of own fields are read, calculated, filtered and sorted by', async () => {
  const made = await aRecord(owner, car, { name: 'Five', custom: { seats: 5, price: 12.5, paint: 'Red' } })
  expect(made.custom).toMatchObject({ seats: 5, doubled: 10, price: 12.5 })
  await aRecord(owner, car, { name: 'Two', custom: { seats: 2 } })
  expect(await namesIn(owner, cars, { filter: where('custom.doubled', 'gte', 5) })).toEqual(['Five'])
  expect((await namesIn(owner, cars, { sort: '-custom.seats' })).slice(0, 2)).toEqual(['Five', 'Two'])
  expect(await namesIn(owner, cars, { q: 'fiv' })).toEqual(['Five'])
  const bad = await owner.call<Problem>('POST', cars, { body: { name: 'X', custom: { seats: 'many' } } })
  expect(bad.body.errors?.[0]).toMatchObject({ path: 'custom.seats', code: 'invalid_type' })
  const unnamed = await owner.call<Problem>('POST', cars, { body: { custom: { seats: 1 } } })
  expect(unnamed.body.errors?.[0]?.path).toBe('name')
})

test('two who change different fields are both kept, and who clashes is told the fields', async () => {
  const made = await aRecord(owner, car, { custom: { seats: 4 } })
  const patch = <Body = CustomRecord>(body: object) =>
    owner.call<Body>('PATCH', `${cars}/${made.id}`, { body: { version: 1, ...body } })
  expect((await patch({ custom: { seats: 5 } })).body.version).toBe(2)
  const clash = await patch<Problem>({ custom: { seats: 6 } })
  expect([clash.status, clash.body.code]).toEqual([409, 'version_conflict'])
  expect(clash.body).toMatchObject({ conflicts: ['custom.seats'], current: { object: car, version: 2 } })
  const apart = await patch<Problem>({ name: 'Renamed' })
  expect(apart.body).toMatchObject({ conflicts: [] })
})

test('the trash keeps a record whole, and a unique value is free meanwhile', async () => {
  const made = await aRecord(owner, car, { name: 'Old', tags: ['rusty'], custom: { plate: 'AB-1' } })
  const taken = await owner.call<Problem>('POST', cars, { body: { name: 'X', custom: { plate: 'AB-1' } } })
  expect(taken.body.errors?.[0]?.code).toBe('not_unique')
  expect((await owner.call('DELETE', `${cars}/${made.id}`)).status).toBe(204)
  expect(await namesIn(owner, cars)).not.toContain('Old')
  expect(await namesIn(owner, cars, { trashed: 'true' })).toEqual(['Old'])
  const changed = await owner.call<Problem>('PATCH', `${cars}/${made.id}`, { body: { name: 'New' } })
  expect([changed.status, changed.body.code]).toEqual([409, 'record_in_trash'])
  const newer = await aRecord(owner, car, { custom: { plate: 'AB-1' } })
  const blocked = await owner.call('POST', `${cars}/${made.id}/restore`)
  expect(blocked.status).toBe(422)
  await owner.call('PATCH', `${cars}/${newer.id}`, { body: { custom: { plate: null } } })
  const back = await owner.call<CustomRecord>('POST', `${cars}/${made.id}/restore`)
  expect(back.body).toMatchObject({ custom: { plate: 'AB-1' }, tags: [{ name: 'rusty' }], deleted_at: null })
  expect(await namesIn(owner, cars, { filter: where('tags', 'has_any', ['rusty']) })).toEqual(['Old'])
})

test('the timeline and the audit log tell what happened to it, and the last change is taken back', async () => {
  const made = await aRecord(owner, car, { name: 'Told' })
  await owner.call('PATCH', `${cars}/${made.id}`, { body: { name: 'Retold', custom: { seats: 3 } } })
  await owner.call('POST', `${cars}/${made.id}/activities`, { body: { type: 'note', body: 'Washed.' } })
  const timeline = await get<{ items: Activity[] }>(`${cars}/${made.id}/timeline`)
  expect(timeline.items.map(({ type, record }) => [type, record.object])).toEqual([
    ['note', car],
    ['updated', car],
    ['created', car],
  ])
  expect(timeline.items[1]?.data).toMatchObject({ changes: { 'custom.seats': [null, 3] } })
  const log = await get<{ items: AuditEntry[] }>(`/organizations/current/audit-log?record_id=${made.id}`)
  expect(log.items.map(({ action }) => action)).toContain('record.updated')
  const undone = await owner.call('POST', '/crm/undo', { body: { object: car, id: made.id } })
  expect(undone.status, undone.text).toBe(200)
  const now = await get(`${cars}/${made.id}`)
  expect([now.name, now.custom['seats']]).toEqual(['Told', undefined])
})

test('totals, groups and bulk changes with their undo work on it', async () => {
  const object = (await anObject(owner)).key
  await aField(owner, object, 'size', { type: 'number' })
  for (const size of [1, 2, 3]) await aRecord(owner, object, { name: `S${size}`, custom: { size } })
  const totals = await get<Totals>(`${pathOf(object)}/totals?fields=custom.size`)
  expect(totals).toMatchObject({ count: 3, sums: [{ field: 'custom.size', value: 6 }] })
  const mine = { value: owner.session.user.id, count: 3 }
  await eventually(async () => {
    const { items } = await get<Groups>(`${pathOf(object)}/groups?group_by=owner_id`)
    return items[0]?.value === mine.value && items[0]?.count === mine.count
  }, 'the roll-up has counted the records of this object alone')
  const filter = { field: 'custom.size', op: 'gte', value: 2 }
  const at = pathOf(object).slice('/crm/'.length)
  const job = await changeMany(owner, { filter, action: 'update', values: { custom: { size: 9 } } }, at)
  expect([job.object, job.changed]).toEqual([object, 2])
  const nine = () => namesIn(owner, pathOf(object), { filter: where('custom.size', 'eq', 9), sort: 'name' })
  expect(await nine()).toEqual(['S2', 'S3'])
  expect((await undoJob(owner, job.id)).changed).toBe(2)
  expect(await nine()).toEqual([])
})

test('relations lead to and from it: named in the list, filtered from the other side, one hop deep', async () => {
  const contact = await owner.call<Made>('POST', '/crm/contacts', { body: { full_name: 'Ayrton' } })
  const driver = contact.body.id
  const spare = await aRecord(owner, car, { name: 'Spare' })
  const made = await aRecord(owner, car, { name: 'Race', custom: { driver, spare: spare.id } })
  const query = {
    include: 'custom.driver,custom.spare',
    filter: where('custom.driver', 'eq', driver),
  }
  const listed = await get<{ items: Record<string, unknown>[] }>(`${cars}?${new URLSearchParams(query)}`)
  expect(listed.items).toMatchObject([
    {
      name: 'Race',
      'custom.driver': { id: driver, name: 'Ayrton' },
      'custom.spare': { id: spare.id, name: 'Spare' },
    },
  ])
  expect(
    await namesIn(owner, cars, { filter: where('custom.driver.full_name', 'starts_with', 'Ayr') }),
  ).toEqual(['Race'])
  await owner.call('DELETE', `/crm/contacts/${driver}`)
  const hidden = await get<Record<string, unknown>>(`${cars}/${made.id}?include=custom.driver`)
  expect(hidden['custom.driver']).toBeNull()
  await owner.call('POST', `/crm/contacts/${driver}/restore`)
  const shown = await get<Record<string, unknown>>(`${cars}/${made.id}?include=custom.driver`)
  expect(shown['custom.driver']).toMatchObject({ name: 'Ayrton' })
})

test('a relation is written only to a record of its object that is there and may be read', async () => {
  const other = (await anObject(owner)).key
  const stranger = await aRecord(owner, other)
  const write = (spare: string) =>
    owner.call<Problem>('POST', cars, { body: { name: 'X', custom: { spare } } })
  expect((await write(stranger.id)).body.errors?.[0]).toMatchObject({
    path: 'custom.spare',
    code: 'unknown_record',
  })
  const hidden = await anObject(owner, { roles: ['viewer'] })
  const target = await aRecord(owner, hidden.key)
  await aField(owner, 'lead', 'hidden', { type: 'relation', to: hidden.key })
  const seller = await app.join(owner, 'sales')
  const body = { full_name: 'L', custom: { hidden: target.id } }
  const refused = await seller.call<Problem>('POST', '/crm/leads', { body })
  expect(refused.body.errors?.[0]?.code).toBe('unknown_record')
  const lead = await owner.call<Lead>('POST', '/crm/leads', { body })
  expect(lead.status, lead.text).toBe(201)
  const included = await seller.call<Problem>('GET', `/crm/leads/${lead.body.id}?include=custom.hidden`)
  expect(included.body.errors?.[0]?.code).toBe('unknown_relation')
  const hop = new URLSearchParams({ filter: where('custom.hidden.name', 'eq', 'One') }).toString()
  expect((await seller.call('GET', `/crm/leads?${hop}`)).status).toBe(422)
})

test('erasing a person takes out what leads to them', async () => {
  const contact = await owner.call<Made>('POST', '/crm/contacts', { body: { full_name: 'Gone Soon' } })
  const driver = contact.body.id
  const [one, other] = [(await anObject(owner)).key, (await anObject(owner)).key]
  for (const object of [one, other]) await aField(owner, object, 'who', { type: 'relation', to: 'contact' })
  const led = await aRecord(owner, one, { custom: { who: driver } })
  const body = { kind: 'person_erasure', object: 'contact', record_ids: [driver], reason: 'Asked' }
  const asked = await owner.call('POST', '/privacy/requests', { body })
  expect(asked.status, asked.text).toBeLessThan(300)
  await eventually(
    async () => !('who' in (await get(`${pathOf(one)}/${led.id}`)).custom),
    'the relation is taken out',
  )
  expect(await namesIn(owner, pathOf(one), { filter: where('custom.who', 'eq', driver) })).toEqual([])
})

test('search and the palette find it by its name, as its object', async () => {
  const made = await aRecord(owner, car, { name: 'Zanzibar' })
  const { items } = await get<{ items: SearchHit[] }>('/crm/search?q=zanzi')
  expect(items).toMatchObject([{ object: car, id: made.id, title: 'Zanzibar' }])
  await owner.call('PATCH', `${cars}/${made.id}`, { body: { name: 'Tanganyika' } })
  expect((await get<{ items: SearchHit[] }>('/crm/search?q=zanzi')).items).toEqual([])
})

test('rules of a role hide a field of it in records, filters, events and the timeline', async () => {
  const object = (await anObject(owner)).key
  await aField(owner, object, 'cost', { type: 'number' })
  const rules = { [object]: { 'custom.cost': 'hidden', name: 'read' } }
  const role = await owner.call<RoleRecord>('POST', '/organizations/current/roles', {
    body: { name: 'Blind', from: 'sales', field_rules: rules },
  })
  expect(role.status, role.text).toBe(201)
  const blind = await app.join(owner, role.body.id)
  const { id } = await aRecord(owner, object, { custom: { cost: 7 } })
  await owner.call('PATCH', `${pathOf(object)}/${id}`, { body: { custom: { cost: 8 } } })
  expect((await get(`${pathOf(object)}/${id}`, blind)).custom).toEqual({})
  const filter = new URLSearchParams({ filter: where('custom.cost', 'eq', 8) }).toString()
  expect((await blind.call('GET', `${pathOf(object)}?${filter}`)).status).toBe(422)
  const told = await blind.call('GET', `${pathOf(object)}/${id}/timeline`)
  expect(told.text).not.toContain('custom.cost')
  expect((await blind.call('PATCH', `${pathOf(object)}/${id}`, { body: { name: 'N' } })).status).toBe(422)
  const unknown = await owner.call<Problem>('POST', '/organizations/current/roles', {
    body: { name: 'Odd', from: 'sales', field_rules: { no_such_object: { name: 'read' } } },
  })
  expect(unknown.body.errors?.[0]?.code).toBe('unknown_object')
})

test('whoever may read it hears of it at once and sees who has it open; others hear nothing', async () => {
  const url = await app.listen()
  const object = (await anObject(owner, { roles: ['viewer'] })).key
  const [viewer, seller] = [await app.join(owner, 'viewer'), await app.join(owner, 'sales')]
  const listen = async ({ session }: Caller) => {
    const events: RapportEvent[] = []
    const present: string[] = []
    let ready = false
    const client = connectRealtime({
      url,
      organization_id: session.organization.id,
      token: () => session.access_token,
      onEvent: (event) => events.push(event),
      onReady: () => (ready = true),
      onPresence: ({ people }) => present.push(...people.map(({ name }) => name)),
    })
    await eventually(() => ready, 'the window is live')
    return { client, events, present }
  }
  const [seeing, blind] = [await listen(viewer), await listen(seller)]
  const { id } = await aRecord(owner, object)
  const lead = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Heard by all' } })
  const heard = ({ events }: typeof seeing) => events.map(({ record }) => record.id)
  await eventually(() => heard(blind).includes(lead.body.id), 'the event after it has come')
  await eventually(() => heard(seeing).includes(id), 'the record is heard of')
  expect(seeing.events.find(({ record }) => record.id === id)).toMatchObject({
    type: 'record.created',
    record: { object },
  })
  expect(heard(blind)).not.toContain(id)
  seeing.client.view({ object, id })
  const watching = await listen(owner)
  watching.client.view({ object, id })
  const name = viewer.session.user.full_name
  await eventually(() => watching.present.includes(name), 'who has it open is told')
  for (const { client } of [seeing, blind, watching]) client.close()
})
