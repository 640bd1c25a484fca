import type { Lead, Me, Team } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinTeams, leaveTeams } from './index.ts'

let app: TestApp
let owner: Caller
let stranger: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  stranger = await app.register()
})
afterAll(() => app?.stop())

type Refusal = { code: string; errors: { path: string; code: string }[]; conflicts: string[]; current: Team }
const path = '/organizations/current/teams'
let counter = 0

const idOf = (caller: Caller) => caller.session.user.id
const make = (body: Record<string, unknown>) =>
  owner.call<Team & Refusal>('POST', path, { body: { name: `Team ${(counter += 1)}`, ...body } })
async function aTeam(body: Record<string, unknown> = {}): Promise<Team> {
  const made = await make(body)
  expect(made.status, made.text).toBe(201)
  return made.body
}
const change = (id: string, body: Record<string, unknown>) =>
  owner.call<Team & Refusal>('PATCH', `${path}/${id}`, { body })
const reachOf = async (caller: Caller) =>
  (await caller.call<Me>('GET', '/users/me')).body.team_user_ids.toSorted()
const asOwner = () => {
  const { user, organization } = owner.session
  return ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
}

describe('a team', () => {
  test('has a name, a manager and members, and is told with all of them', async () => {
    const [ann, bob] = [await app.join(owner, 'caller'), await app.join(owner, 'caller')]
    const team = await aTeam({ name: 'North', manager_id: idOf(ann), member_ids: [idOf(bob), idOf(bob)] })
    expect(team).toMatchObject({ name: 'North', manager_id: idOf(ann), member_ids: [idOf(bob)], version: 1 })
    expect((await ann.call('GET', `${path}/${team.id}`)).body).toEqual(team)
    const { body } = await bob.call<{ items: Team[] }>('GET', path)
    expect(body.items).toContainEqual(team)
    const changed = await change(team.id, { manager_id: null, member_ids: [idOf(ann)], version: 1 })
    expect(changed.body).toMatchObject({ manager_id: null, member_ids: [idOf(ann)], version: 2 })
  })

  test('takes active members of the organization only, and says who is none', async () => {
    const ann = await app.join(owner, 'caller')
    const { status, body } = await make({
      manager_id: idOf(stranger),
      member_ids: [idOf(ann), idOf(stranger)],
    })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([
      { path: 'manager_id', code: 'not_a_member' },
      { path: 'member_ids.1', code: 'not_a_member' },
    ])
  })

  test('has a name of its own, whatever its case', async () => {
    const [first, second] = [await aTeam({ name: 'South' }), await aTeam()]
    expect((await make({ name: 'SOUTH' })).body).toMatchObject({ errors: [{ path: 'name', code: 'taken' }] })
    expect((await change(second.id, { name: 'south' })).status).toBe(422)
    expect((await change(first.id, { name: 'SOUTH' })).status).toBe(200)
  })

  test('that was changed meanwhile is not overwritten', async () => {
    const { id } = await aTeam()
    await change(id, { name: 'One', version: 1 })
    expect(await change(id, { name: 'Two', version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict', current: { name: 'One', version: 2 }, conflicts: ['name'] },
    })
  })

  test('of another organization does not exist', async () => {
    const { id } = await aTeam()
    expect((await stranger.call('GET', `${path}/${id}`)).status).toBe(404)
    expect((await stranger.call('PATCH', `${path}/${id}`, { body: { name: 'Mine' } })).status).toBe(404)
    expect((await stranger.call('DELETE', `${path}/${id}`)).status).toBe(404)
  })

  test('is made and changed by those who manage teams only', async () => {
    const { id } = await aTeam()
    const sales = await app.join(owner, 'sales')
    expect((await sales.call('POST', path, { body: { name: 'Mutiny' } })).status).toBe(403)
    expect((await sales.call('DELETE', `${path}/${id}`)).status).toBe(403)
  })
})

describe('the reach of a member', () => {
  test('is all members of the teams that they belong to or manage, and themselves', async () => {
    const [ann, bob, cid, dora] = await Promise.all(['', '', '', ''].map(() => app.join(owner, 'caller')))
    if (!ann || !bob || !cid || !dora) throw new Error('Members are missing.')
    expect(await reachOf(ann)).toEqual([idOf(ann)])
    const team = await aTeam({ manager_id: idOf(dora), member_ids: [idOf(ann), idOf(bob)] })
    await aTeam({ member_ids: [idOf(bob), idOf(cid)] })
    expect(await reachOf(ann)).toEqual([idOf(ann), idOf(bob)].toSorted())
    expect(await reachOf(bob)).toEqual([idOf(ann), idOf(bob), idOf(cid)].toSorted())
    expect(await reachOf(dora)).toEqual([idOf(ann), idOf(bob), idOf(dora)].toSorted())
    await owner.call('DELETE', `${path}/${team.id}`)
    expect(await reachOf(dora)).toEqual([idOf(dora)])
  })

  test('changes with the team at once', async () => {
    const [ann, bob] = [await app.join(owner, 'caller'), await app.join(owner, 'sales')]
    const lead = await bob.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada' } })
    const read = async () => (await ann.call('GET', `/crm/leads/${lead.body.id}`)).status
    expect(await read()).toBe(404)
    const { id } = await aTeam({ member_ids: [idOf(ann), idOf(bob)] })
    expect(await read()).toBe(200)
    await change(id, { member_ids: [idOf(bob)] })
    expect(await read()).toBe(404)
    await change(id, { manager_id: idOf(ann) })
    expect(await read()).toBe(200)
  })
})

test('a member who is shut out leaves all teams, as member and as manager', async () => {
  const [ann, bob] = [await app.join(owner, 'caller'), await app.join(owner, 'caller')]
  const managed = await aTeam({ manager_id: idOf(ann), member_ids: [idOf(bob)] })
  const joined = await aTeam({ member_ids: [idOf(ann), idOf(bob)] })
  await app.app.platform.tenancy.inTenant(asOwner(), (ctx) => leaveTeams(ctx, idOf(ann)))
  const read = async (id: string) => (await owner.call<Team>('GET', `${path}/${id}`)).body
  expect(await read(managed.id)).toMatchObject({ manager_id: null, member_ids: [idOf(bob)], version: 2 })
  expect(await read(joined.id)).toMatchObject({ member_ids: [idOf(bob)], version: 2 })
})

test('somebody who comes in joins the teams that still exist', async () => {
  const ann = await app.join(owner, 'caller')
  const [kept, gone] = [await aTeam(), await aTeam()]
  await owner.call('DELETE', `${path}/${gone.id}`)
  await app.app.platform.tenancy.inTenant(asOwner(), (ctx) => joinTeams(ctx, idOf(ann), [gone.id, kept.id]))
  expect((await owner.call<Team>('GET', `${path}/${kept.id}`)).body.member_ids).toEqual([idOf(ann)])
})
