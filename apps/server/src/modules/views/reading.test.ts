import { roleGrants } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { changeRole, joinWith } from '../../testing/members.ts'
import { aPipeline, aView, change, open, save, systemOf } from './views.fixture.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

describe('a view never shows more than its reader may see', () => {
  const hiding = { field_rules: { lead: { email: 'hidden', score: 'hidden' } } } as const

  test('what the role hides is left out, and the view says so', async () => {
    const reader = await joinWith(app, owner, hiding)
    const { id } = await aView(owner, {
      visibility: 'everyone',
      columns: [{ field: 'full_name' }, { field: 'email' }],
      filter: {
        and: [
          { field: 'email', op: 'starts_with', value: 'ada' },
          {
            or: [
              { field: 'score', op: 'gt', value: 80 },
              { field: 'city', op: 'eq', value: 'Lyon' },
            ],
          },
          { not: { field: 'score', op: 'lt', value: 3 } },
        ],
      },
      sort: '-score,full_name',
      group_by: 'score',
    })
    const seen = (await open(reader, id)).body
    expect(seen).toMatchObject({
      columns: [{ field: 'full_name' }],
      filter: { and: [{ or: [{ field: 'city', op: 'eq', value: 'Lyon' }] }] },
      sort: 'full_name',
      group_by: null,
    })
    expect(seen.left_out).toEqual([
      { part: 'columns', field: 'email' },
      { part: 'filter', field: 'email' },
      { part: 'filter', field: 'score' },
      { part: 'sort', field: 'score' },
      { part: 'group_by', field: 'score' },
    ])
    expect(JSON.stringify(seen)).not.toContain('ada')
    const rows = await reader.call(
      'GET',
      `/crm/leads?filter=${encodeURIComponent(JSON.stringify(seen.filter))}`,
    )
    expect(rows.status, rows.text).toBe(200)
    expect((await open(owner, id)).body.left_out).toEqual([])
  })

  test('a rule that comes later holds at once', async () => {
    const reader = await joinWith(app, owner, {})
    const { id } = await aView(reader, { columns: [{ field: 'email' }] })
    await changeRole(owner, reader.role.id, hiding)
    expect((await open(reader, id)).body).toMatchObject({
      columns: [],
      left_out: [{ part: 'columns', field: 'email' }],
    })
  })

  test('nor saves what it hides', async () => {
    const reader = await joinWith(app, owner, hiding)
    expect((await save(reader, { columns: [{ field: 'email' }] })).status).toBe(422)
    expect((await save(reader, { filter: { field: 'email', op: 'is_empty' } })).status).toBe(422)
  })

  test('without the permission to read the records there are no views of them', async () => {
    const {
      'companies:read': _,
      'companies:update': __,
      'companies:create': ___,
      'companies:delete': ____,
      ...grants
    } = roleGrants.sales
    const reader = await joinWith(app, owner, { grants })
    const { id } = await aView(owner, { object: 'company', visibility: 'everyone' })
    const refused = { status: 403, body: { code: 'permission_missing' } }
    expect(await reader.call('GET', '/crm/views?object=company')).toMatchObject(refused)
    expect(await open(reader, id)).toMatchObject(refused)
    expect(await save(reader, { object: 'company' })).toMatchObject(refused)
    expect((await reader.call('GET', '/crm/views?object=lead')).status).toBe(200)
  })
})

describe('what is gone since a view was saved', () => {
  const write = (id: string, column: string, json: unknown) =>
    app.app.platform.tenancy.inTenant(systemOf(owner), ({ tx }) =>
      tx
        .updateTable('views')
        .set({ [column]: JSON.stringify(json) })
        .where('id', '=', id)
        .execute(),
    )

  test('a field is left out of every part', async () => {
    const { id } = await aView(owner, { sort: 'city' })
    await write(id, 'columns', [{ field: 'retired' }, { field: 'city' }])
    await write(id, 'filter', { field: 'retired', op: 'eq', value: 1 })
    const { body } = await open(owner, id)
    expect(body).toMatchObject({ columns: [{ field: 'city' }], filter: null, sort: 'city' })
    expect(body.left_out).toEqual([
      { part: 'columns', field: 'retired' },
      { part: 'filter', field: 'retired' },
    ])
  })

  test('an option is left out of the filter, which keeps the others', async () => {
    const { id } = await aView(owner)
    await write(id, 'filter', { field: 'status', op: 'in', value: ['new', 'asleep'] })
    expect((await open(owner, id)).body).toMatchObject({
      filter: { field: 'status', op: 'in', value: ['new'] },
      left_out: [{ part: 'filter', field: 'status' }],
    })
  })

  test('a pipeline leaves a board that says so', async () => {
    const pipeline = await aPipeline(owner)
    const { id } = await aView(owner, { layout: 'board', pipeline_id: pipeline.id })
    expect((await owner.call('DELETE', `/crm/pipelines/${pipeline.id}`)).status).toBe(204)
    expect((await open(owner, id)).body).toMatchObject({
      layout: 'board',
      pipeline_id: null,
      left_out: [{ part: 'pipeline_id', field: null }],
    })
    expect((await change(owner, id, { name: 'Still mine' })).status).toBe(200)
  })
})
