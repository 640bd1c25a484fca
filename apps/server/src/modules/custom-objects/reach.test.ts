/** One table holds the records of every object of every organization: none is reached by the way of another. */
import type { CustomRecord } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Answer, type Caller, type TestApp } from '../../testing/app.ts'
import { changeMany } from '../../testing/bulk.ts'
import { aField, anObject, aRecord, namesIn, pathOf } from './own-objects.fixture.ts'

let app: TestApp
let owner: Caller
let stranger: Caller
let boat: CustomRecord
beforeAll(async () => {
  app = await createTestApp()
  ;[owner, stranger] = [await app.register(), await app.register()]
  for (const caller of [owner, stranger])
    for (const key of ['boat', 'plane']) {
      await anObject(caller, { key })
      await aField(caller, key, 'length', { type: 'number' })
    }
  boat = await aRecord(owner, 'boat', { name: 'Argo', custom: { length: 30 } })
})
afterAll(() => app?.stop())

const single: [method: string, path: string, body?: object][] = [
  ['GET', ''],
  ['PATCH', '', { name: 'Taken' }],
  ['PUT', '/assign', { owner_id: null }],
  ['GET', '/timeline'],
  ['GET', '/activities'],
  ['POST', '/activities', { type: 'note', body: 'Mine now.' }],
  ['POST', '/restore'],
  ['DELETE', ''],
]
const asks: [who: string, by: () => Caller, object: string, status: number, code: string][] = [
  ['by the path of another object', () => owner, 'plane', 404, 'record_not_found'],
  ['by another organization with an object of the same key', () => stranger, 'boat', 404, 'record_not_found'],
  ['by an object that was never made', () => owner, 'submarine', 404, 'custom_object_not_found'],
  ['by a standard object', () => owner, 'lead', 404, 'custom_object_not_found'],
]

test.each(asks)('a record is not reached %s', async (_, by, object, status, code) => {
  for (const [method, path, body] of single) {
    const answer: Answer<{ code?: string }> = await by().call(method, `${pathOf(object)}/${boat.id}${path}`, {
      body,
    })
    expect([answer.status, answer.body.code], `${method} ${path}: ${answer.text}`).toEqual([status, code])
  }
  const now = await owner.call<CustomRecord>('GET', `${pathOf('boat')}/${boat.id}`)
  expect(now.body).toMatchObject({ name: 'Argo', version: 1, deleted_at: null })
})

test('lists, searches, totals and groups hold the records of their object and organization alone', async () => {
  await aRecord(owner, 'plane', { name: 'Argo II', custom: { length: 31 } })
  await aRecord(stranger, 'boat', { name: 'Argo III', custom: { length: 32 } })
  const queries: Record<string, string>[] = [
    {},
    { q: 'argo' },
    { sort: 'custom.length' },
    { sort: '-name' },
    { filter: JSON.stringify({ field: 'custom.length', op: 'gt', value: 1 }) },
  ]
  for (const query of queries) expect(await namesIn(owner, pathOf('boat'), query)).toEqual(['Argo'])
  const totals = await owner.call('GET', `${pathOf('boat')}/totals?fields=custom.length`)
  expect(totals.body).toMatchObject({ count: 1, sums: [{ value: 30 }] })
  const groups = await owner.call('GET', `${pathOf('boat')}/groups?group_by=owner_id&q=argo`)
  expect(groups.body).toMatchObject({ total: 1 })
})

test('a bulk change reaches no record of another object, however it is asked', async () => {
  const at = pathOf('plane').slice('/crm/'.length)
  const named = await changeMany(owner, { ids: [boat.id], action: 'update', values: { name: 'Taken' } }, at)
  expect(named.changed).toBe(0)
  await changeMany(owner, { filter: { and: [] }, action: 'delete' }, at)
  expect(await namesIn(owner, pathOf('boat'))).toEqual(['Argo'])
})

test('fields of one object do not take values of another', async () => {
  await aField(owner, 'plane', 'wings', { type: 'number' })
  const { body } = await owner.call<CustomRecord>('PATCH', `${pathOf('boat')}/${boat.id}`, {
    body: { custom: { length: 33 } },
  })
  expect(body.custom).toEqual({ length: 33 })
  const filter = JSON.stringify({ field: 'custom.length', op: 'eq', value: 33 })
  expect(await namesIn(owner, pathOf('boat'), { filter })).toEqual(['Argo'])
  expect(await namesIn(owner, pathOf('plane'), { filter })).toEqual([])
})
