import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aPipeline, aView, change, idOf, listed, open, remove, save, type Body } from './views.fixture.ts'

let app: TestApp
let owner: Caller
let colleague: Caller
let stranger: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  colleague = await app.join(owner, 'sales')
  stranger = await app.register()
})
afterAll(() => app?.stop())

describe('a view', () => {
  test('is told as it was saved', async () => {
    const pipeline = await aPipeline(owner)
    const body = {
      name: 'Hot in Brazil',
      layout: 'board',
      columns: [{ field: 'full_name', width: 220 }, { field: 'email', hidden: true }, { field: 'score' }],
      filter: {
        and: [
          { field: 'status', op: 'in', value: ['new', 'working'] },
          {
            or: [
              { field: 'country', op: 'eq', value: 'Brazil' },
              { field: 'owner_id', op: 'eq', value: 'me' },
            ],
          },
        ],
      },
      sort: '-score,full_name',
      group_by: 'owner_id',
      date_field: 'created_at',
      pipeline_id: pipeline.id,
      visibility: 'everyone',
      position: 7,
      is_default_for: ['viewer'],
    }
    const view = await aView(owner, body)
    expect(view).toMatchObject({
      ...body,
      object: 'lead',
      owner_id: idOf(owner),
      version: 1,
      left_out: [],
      is_default: false,
      can: { update: true, delete: true },
    })
    expect((await open(owner, view.id)).body).toEqual(view)
    expect(await listed(owner)).toContain(view.id)
  })

  test('stands where it was put, new ones after the others', async () => {
    const [first, second] = [
      await aView(owner, { object: 'company' }),
      await aView(owner, { object: 'company' }),
    ]
    expect(await listed(owner, 'company')).toEqual([first.id, second.id])
    await change(owner, first.id, { position: second.position + 1 })
    expect(await listed(owner, 'company')).toEqual([second.id, first.id])
  })

  test('of another organization does not exist', async () => {
    const { id } = await aView(owner, { visibility: 'everyone' })
    expect(await listed(stranger)).toEqual([])
    for (const answer of [
      await open(stranger, id),
      await change(stranger, id, { name: 'Mine' }),
      await remove(stranger, id),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'view_not_found' } })
  })

  test('that was changed meanwhile is not overwritten', async () => {
    const { id } = await aView(owner)
    expect((await change(owner, id, { name: 'One', version: 1 })).body.version).toBe(2)
    expect(await change(owner, id, { name: 'Two', version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict', conflicts: ['name'], current: { name: 'One', version: 2 } },
    })
  })

  test('that is saved as it is stays the same version', async () => {
    const filter = { field: 'status', op: 'eq', value: 'new' }
    const { id } = await aView(owner, { filter })
    expect((await change(owner, id, { filter, name: 'A view', version: 1 })).body.version).toBe(1)
  })

  test('is gone after it was deleted', async () => {
    const { id } = await aView(colleague)
    expect((await remove(colleague, id)).status).toBe(204)
    expect((await open(colleague, id)).status).toBe(404)
  })

  test('cannot be one of more than a member may keep', async () => {
    const hoarder = await app.join(owner, 'sales')
    for (let kept = 0; kept < 200; kept += 1) await aView(hoarder, { object: 'contact' })
    expect(await save(hoarder, { object: 'contact' })).toMatchObject({
      status: 409,
      body: { code: 'too_many_views' },
    })
  })
})

describe('what a view holds is refused with its place', () => {
  test.each<[string, Body, string, string]>([
    [
      'a field that is none',
      { columns: [{ field: 'full_name' }, { field: 'shoe_size' }] },
      'columns.1.field',
      'unknown_field',
    ],
    ['a column twice', { columns: [{ field: 'email' }, { field: 'email' }] }, 'columns.1.field', 'repeated'],
    [
      'a filter by no field',
      { filter: { and: [{ field: 'shoe_size', op: 'eq', value: 1 }] } },
      'filter.and.0.field',
      'unknown_field',
    ],
    [
      'a filter by no option',
      { filter: { field: 'status', op: 'eq', value: 'asleep' } },
      'filter.value',
      'invalid_value',
    ],
    ['a sort by no field', { sort: '-shoe_size' }, 'sort', 'unknown_field'],
    ['groups by an address', { group_by: 'email' }, 'group_by', 'unknown_field'],
    ['a calendar by a text', { date_field: 'city' }, 'date_field', 'unknown_field'],
    ['a board without a pipeline', { layout: 'board' }, 'pipeline_id', 'unknown_pipeline'],
    ['a pipeline that is none', { pipeline_id: crypto.randomUUID() }, 'pipeline_id', 'unknown_pipeline'],
    ['a team view without a team', { visibility: 'team' }, 'team_id', 'unknown_team'],
    ['a team that is none', { visibility: 'team', team_id: crypto.randomUUID() }, 'team_id', 'unknown_team'],
    [
      'a role that is none',
      { visibility: 'everyone', is_default_for: ['sales', 'pirate'] },
      'is_default_for.1',
      'unknown_role',
    ],
    ['a private default', { is_default_for: ['sales'] }, 'is_default_for', 'not_shared'],
    ['an object that is none', { object: 'ship' }, 'object', 'invalid_value'],
  ])('%s', async (_, body, path, code) => {
    const answer = await save(owner, body)
    expect(answer, answer.text).toMatchObject({ status: 422, body: { errors: [{ path, code }] } })
  })

  test('and a change is held against the same rules', async () => {
    const { id } = await aView(owner)
    expect((await change(owner, id, { layout: 'board' })).body.errors).toMatchObject([
      { path: 'pipeline_id' },
    ])
    expect((await change(owner, id, { filter: { field: 'x', op: 'eq', value: 1 } })).status).toBe(422)
    expect((await open(owner, id)).body).toMatchObject({ layout: 'table', filter: null, version: 1 })
  })

  test('a pipeline of other records is none for these', async () => {
    const { id } = await aPipeline(owner)
    expect((await save(owner, { object: 'company', pipeline_id: id })).status).toBe(422)
  })
})
