import type { Me } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aTeamOf, joinWith } from '../../testing/members.ts'
import { aView, change, idOf, listed, open, remove, save } from './views.fixture.ts'

let app: TestApp
let owner: Caller
let colleague: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  colleague = await app.join(owner, 'sales')
})
afterAll(() => app?.stop())

describe('sharing', () => {
  test('a private view is seen by its owner alone', async () => {
    const { id } = await aView(colleague)
    expect((await open(owner, id)).status).toBe(404)
    expect(await listed(owner)).not.toContain(id)
    expect((await change(owner, id, { name: 'Mine' })).status).toBe(404)
  })

  test('every built-in role keeps views of its own', async () => {
    for (const role of ['caller', 'lead_generator', 'viewer']) {
      const member = await app.join(owner, role)
      const { id } = await aView(member)
      expect((await change(member, id, { name: 'Better' })).body.name).toBe('Better')
      expect((await remove(member, id)).status).toBe(204)
    }
  })

  test('takes the permission to share, for a new view and for one that is there', async () => {
    const refused = { status: 403, body: { code: 'permission_missing' } }
    expect(await save(colleague, { visibility: 'everyone' })).toMatchObject(refused)
    const { id } = await aView(colleague)
    expect(await change(colleague, id, { visibility: 'everyone' })).toMatchObject(refused)
    const manager = await app.join(owner, 'manager')
    expect((await save(manager, { visibility: 'everyone' })).status).toBe(201)
  })

  test('with everyone shows it to all, who may change it only with the permission to share', async () => {
    const { id } = await aView(owner, { visibility: 'everyone' })
    expect((await open(colleague, id)).body.can).toEqual({ update: false, delete: false })
    const refused = { status: 403, body: { code: 'not_your_view' } }
    expect(await change(colleague, id, { name: 'Mine' })).toMatchObject(refused)
    expect(await remove(colleague, id)).toMatchObject(refused)
    const manager = await app.join(owner, 'manager')
    expect((await change(manager, id, { name: 'Ours' })).body).toMatchObject({
      name: 'Ours',
      owner_id: idOf(owner),
    })
  })

  test('is taken back by the owner only', async () => {
    const manager = await app.join(owner, 'manager')
    const { id } = await aView(owner, { visibility: 'everyone' })
    expect((await change(manager, id, { visibility: 'private' })).body.errors).toMatchObject([
      { path: 'visibility', code: 'not_yours' },
    ])
    expect((await change(owner, id, { visibility: 'private' })).status).toBe(200)
    expect((await open(manager, id)).status).toBe(404)
  })

  test('with a team shows it to the members and the manager of the team', async () => {
    const [member, lead] = [await app.join(owner, 'caller'), await app.join(owner, 'manager')]
    const team = await aTeamOf(owner, [member], lead)
    const { id } = await aView(owner, { visibility: 'team', team_id: team.id })
    expect((await open(member, id)).status).toBe(200)
    expect((await open(lead, id)).status).toBe(200)
    expect((await open(colleague, id)).status).toBe(404)
    await owner.call('PATCH', `/organizations/current/teams/${team.id}`, { body: { member_ids: [] } })
    expect((await open(member, id)).status).toBe(404)
  })

  test('with a team that is deleted leaves the view to its owner', async () => {
    const member = await app.join(owner, 'caller')
    const team = await aTeamOf(owner, [member])
    const { id } = await aView(owner, { visibility: 'team', team_id: team.id })
    await owner.call('DELETE', `/organizations/current/teams/${team.id}`)
    expect((await open(member, id)).status).toBe(404)
    expect((await open(owner, id)).body).toMatchObject({ visibility: 'private', team_id: null })
  })
})

describe('the default view of a role', () => {
  test('is one, and told to the members of the role', async () => {
    const [first, second] = [
      await aView(owner, { visibility: 'everyone', is_default_for: ['sales', 'viewer'] }),
      await aView(owner, { visibility: 'everyone', is_default_for: ['sales'] }),
    ]
    expect((await open(owner, first.id)).body.is_default_for).toEqual(['viewer'])
    expect((await open(colleague, second.id)).body.is_default).toBe(true)
    expect((await open(colleague, first.id)).body.is_default).toBe(false)
    expect((await open(owner, second.id)).body.is_default).toBe(false)
  })

  test('can be that of a role which the organization made, as long as there is the role', async () => {
    const member = await joinWith(app, owner, {})
    const { id } = await aView(owner, { visibility: 'everyone', is_default_for: [member.role.id] })
    expect((await open(member, id)).body.is_default).toBe(true)
    await owner.call('DELETE', `/organizations/current/roles/${member.role.id}?replacement=sales`)
    expect((await open(owner, id)).body.is_default_for).toEqual([])
  })

  test('ends when the view is taken back', async () => {
    const { id } = await aView(owner, { visibility: 'everyone', is_default_for: ['sales'] })
    expect((await change(owner, id, { visibility: 'private' })).body.is_default_for).toEqual([])
  })
})

test('a member learns from the permissions whether views can be shared', async () => {
  const permissionsOf = async (caller: Caller) => (await caller.call<Me>('GET', '/users/me')).body.permissions
  expect(await permissionsOf(colleague)).toMatchObject({ 'views:read': 'all', 'views:create': 'all' })
  expect(await permissionsOf(colleague)).not.toHaveProperty('views:share')
  expect(await permissionsOf(owner)).toHaveProperty('views:share')
})
