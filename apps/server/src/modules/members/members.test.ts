import type { Activity, Me, Member, Lead } from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk/realtime'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { ownedKindsSeen } from './owned.ts'
import { eventsOf, membersOf, password } from './members.fixture.ts'

let app: TestApp
beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())

const path = ({ session }: Caller) => `/organizations/current/members/${session.user.id}`
type Refusal = { code: string }
type Owned = Record<string, number>
const setRole = (caller: Caller, target: Caller, role: string) =>
  caller.call<Member & Refusal>('PATCH', path(target), { body: { role } })
const deactivate = (caller: Caller, target: Caller, query = '') =>
  caller.call<Member & Refusal>('DELETE', `${path(target)}${query}`)
const transfer = (caller: Caller, target: Caller, more: Record<string, unknown> = {}) =>
  caller.call<Member & Refusal>('POST', '/organizations/current/ownership', {
    body: { user_id: target.session.user.id, password, ...more },
  })
const roleOf = async (owner: Caller, { session }: Caller) =>
  (await membersOf(owner, '?state=all')).find((one) => one.user_id === session.user.id)?.role
const ownersOf = async (caller: Caller) =>
  (await membersOf(caller)).filter(({ role }) => role === 'owner').map(({ user_id }) => user_id)

describe('the list of members', () => {
  test('shows the active ones, and the others when they are asked for', async () => {
    const owner = await app.register()
    const [sales, gone] = [await app.join(owner, 'sales'), await app.join(owner, 'viewer')]
    await deactivate(owner, gone)
    const ids = async (query: string) =>
      new Set((await membersOf(sales, query)).map(({ user_id }) => user_id))
    const [o, s, g] = [owner, sales, gone].map(({ session }) => session.user.id)
    expect(await ids('')).toEqual(new Set([o, s]))
    expect(await ids('?state=deactivated')).toEqual(new Set([g]))
    expect(await ids('?state=all')).toEqual(new Set([o, s, g]))
  })

  test('says of each what the caller may do to them', async () => {
    const owner = await app.register()
    const [admin, sales] = [await app.join(owner, 'admin'), await app.join(owner, 'sales')]
    const can = async (caller: Caller, target: Caller) =>
      (await membersOf(caller)).find(({ user_id }) => user_id === target.session.user.id)?.can
    expect(await can(admin, owner)).toEqual({
      change_role: false,
      deactivate: false,
      restore: false,
      make_owner: false,
    })
    expect(await can(admin, sales)).toEqual({
      change_role: true,
      deactivate: true,
      restore: false,
      make_owner: false,
    })
    expect(await can(owner, admin)).toEqual({
      change_role: true,
      deactivate: true,
      restore: false,
      make_owner: true,
    })
    expect(await can(sales, sales)).toEqual({
      change_role: false,
      deactivate: false,
      restore: false,
      make_owner: false,
    })
  })

  test('tells of a second factor only those who manage members', async () => {
    const owner = await app.register()
    const viewer = await app.join(owner, 'viewer')
    const factor = async (caller: Caller) =>
      (await membersOf(caller)).find(({ role }) => role === 'owner')?.two_factor
    expect([await factor(owner), await factor(viewer)]).toEqual([false, null])
  })

  test('tells when a member was here last', async () => {
    const owner = await app.register()
    const sales = await app.join(owner, 'sales')
    const before = Date.now()
    await sales.call('GET', '/crm/leads')
    const seen = (await membersOf(owner)).find(({ user_id }) => user_id === sales.session.user.id)
    expect(Date.parse(seen?.last_active_at ?? '')).toBeGreaterThan(before - 2_000)
  })
})

describe('a role', () => {
  test('that is changed works at once and is told as an event', async () => {
    const owner = await app.register()
    const sales = await app.join(owner, 'sales')
    expect((await sales.call('POST', '/crm/leads', { body: { full_name: 'Before' } })).status).toBe(201)
    expect((await setRole(owner, sales, 'viewer')).body.role).toBe('viewer')
    expect((await sales.call('POST', '/crm/leads', { body: { full_name: 'After' } })).status).toBe(403)
    expect((await eventsOf(app, owner)).at(-1)).toMatchObject({
      type: 'member.updated',
      record_id: sales.session.user.id,
      data: { role: 'viewer' },
    })
  })

  test('is given by those who manage members, never beyond what they hold, and ownership never this way', async () => {
    const owner = await app.register()
    const [admin, manager, sales] = [
      await app.join(owner, 'admin'),
      await app.join(owner, 'manager'),
      await app.join(owner, 'sales'),
    ]
    const refused = async (caller: Caller, target: Caller, role: string) => {
      const { status, body } = await setRole(caller, target, role)
      return [status, body.code]
    }
    expect(await refused(manager, sales, 'viewer')).toEqual([403, 'permission_missing'])
    expect(await refused(admin, owner, 'viewer')).toEqual([403, 'member_above_you'])
    expect(await refused(admin, admin, 'owner')).toEqual([422, 'invalid_input'])
    expect(await refused(owner, sales, 'owner')).toEqual([422, 'invalid_input'])
    expect(await refused(owner, sales, 'emperor')).toEqual([422, 'invalid_input'])
    expect(await roleOf(owner, owner)).toBe('owner')
  })

  test('of one’s own can only become less', async () => {
    const owner = await app.register()
    const admin = await app.join(owner, 'admin')
    expect((await setRole(admin, admin, 'sales')).status).toBe(200)
    expect((await setRole(admin, admin, 'admin')).status).toBe(403)
  })
})

describe('ownership', () => {
  test('passes on with the own password, and the former owner becomes an admin', async () => {
    const owner = await app.register()
    const heir = await app.join(owner, 'sales')
    expect((await transfer(owner, heir, { password: 'wrong horse battery' })).status).toBe(422)
    expect(await roleOf(owner, heir)).toBe('sales')
    expect((await transfer(owner, heir)).body.role).toBe('owner')
    expect(await roleOf(heir, owner)).toBe('admin')
    expect((await transfer(owner, heir)).status).toBe(403)
  })

  test('can be shared', async () => {
    const owner = await app.register()
    const second = await app.join(owner, 'admin')
    await transfer(owner, second, { stay_owner: true })
    expect(new Set(await ownersOf(owner))).toEqual(new Set([owner.session.user.id, second.session.user.id]))
  })

  test('is not for admins, and not for people who are shut out', async () => {
    const owner = await app.register()
    const [admin, gone] = [await app.join(owner, 'admin'), await app.join(owner, 'sales')]
    expect((await transfer(admin, admin)).status).toBe(403)
    await deactivate(owner, gone)
    expect((await transfer(owner, gone)).body.code).toBe('member_deactivated')
  })

  test('is never lost: the last owner cannot be demoted, shut out, or leave', async () => {
    const owner = await app.register()
    const { organization } = owner.session
    const leave = () => owner.call<Refusal>('DELETE', `/users/me/memberships/${organization.id}`)
    for (const answer of [
      await setRole(owner, owner, 'admin'),
      await deactivate(owner, owner),
      await leave(),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'last_owner'])
  })

  test('is never lost to two owners who demote or shut out each other at the same moment', async () => {
    for (const act of [
      (caller: Caller, target: Caller) => setRole(caller, target, 'admin'),
      (caller: Caller, target: Caller) => deactivate(caller, target),
      (caller: Caller) =>
        caller.call<Refusal>('DELETE', `/users/me/memberships/${caller.session.organization.id}`),
    ]) {
      const one = await app.register()
      const two = await app.join(one, 'admin')
      await transfer(one, two, { stay_owner: true })
      const answers = await Promise.all([act(one, two), act(two, one)])
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
      // Too late is either a conflict, or already a role that may do this no more.
      expect([403, 409]).toContain(answers.find(({ status }) => status >= 300)?.status)
      const owners = await app.app.platform.tenancy.inSystem((tx) =>
        tx
          .selectFrom('memberships')
          .select('user_id')
          .where('organization_id', '=', one.session.organization.id)
          .where('role', '=', 'owner')
          .where('deactivated_at', 'is', null)
          .execute(),
      )
      expect(owners).toHaveLength(1)
    }
  })
})

describe('a member who is shut out', () => {
  test('is refused at once with every credential, and let in again with the same role', async () => {
    const owner = await app.register()
    const sales = await app.join(owner, 'sales')
    expect((await sales.call('GET', '/crm/leads')).status).toBe(200)
    const gone = await deactivate(owner, sales)
    expect(gone.body.deactivated_at).not.toBeNull()
    expect((await sales.call<Refusal>('GET', '/crm/leads')).status).toBe(403)
    const { organization } = sales.session
    const back = await sales.call('POST', '/auth/switch-organization', {
      body: { organization_id: organization.id },
    })
    expect(back.status).toBe(403)
    const restored = await owner.call<Member>('POST', `${path(sales)}/restore`)
    expect(restored.body).toMatchObject({ role: 'sales', deactivated_at: null })
    expect((await sales.call('GET', '/crm/leads')).status).toBe(200)
  })

  test('loses an open socket within seconds and hears no more', async () => {
    const url = await app.listen()
    const owner = await app.register()
    const sales = await app.join(owner, 'sales')
    const { organization, access_token } = sales.session
    const heard: string[] = []
    const refusals: number[] = []
    const states: string[] = []
    const socket = connectRealtime({
      url,
      organization_id: organization.id,
      token: () => access_token,
      onEvent: ({ type }) => void heard.push(type),
      onState: (state) => void states.push(state),
      onRefused: ({ status }) => void refusals.push(status),
    })
    try {
      await expect.poll(() => states.at(-1), { timeout: 5_000 }).toBe('live')
      await deactivate(owner, sales)
      await expect.poll(() => refusals, { timeout: 8_000 }).toEqual([403])
      const before = heard.length
      await owner.call('POST', '/crm/leads', { body: { full_name: 'Not for them' } })
      await sleep(500)
      expect(heard.slice(before)).toEqual([])
    } finally {
      socket.close()
    }
  })

  test('keeps what they own until it is given to somebody else, lead by lead with events', async () => {
    const owner = await app.register()
    const [sales, heir] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const made = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        sales.call<Lead>('POST', '/crm/leads', { body: { full_name: `Lead ${index}` } }),
      ),
    )
    const mine = made.filter(({ body }) => body.owner_id === sales.session.user.id)
    expect(mine).toHaveLength(60)
    const known = await owner.call<{ owned: Owned }>('GET', path(sales))
    expect(known.body.owned).toEqual({ lead: 60, contact: 0, company: 0, deal: 0, task: 0 })
    await deactivate(owner, sales)
    const [first] = made
    const kept = await owner.call<Lead>('GET', `/crm/leads/${first?.body.id}`)
    expect(kept.body.owner_id).toBe(sales.session.user.id)

    const again = await deactivate(owner, sales, `?reassign_to=${heir.session.user.id}`)
    expect(again.status).toBe(200)
    const owned = async (who: Caller) =>
      (await owner.call<{ owned: Owned }>('GET', path(who))).body.owned['lead']
    await expect.poll(() => owned(heir), { timeout: 15_000 }).toBe(60)
    expect(await owned(sales)).toBe(0)
    const moved = (await eventsOf(app, owner)).filter(({ type }) => type === 'lead.updated')
    expect(moved).toHaveLength(60)
    expect(new Set(moved.map(({ actor_id }) => actor_id))).toEqual(new Set([owner.session.user.id]))
  })

  test('hands on records of every kind that belongs to somebody, in the timeline of each', async () => {
    const owner = await app.register()
    const [sales, heir] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const ids = new Map<string, string>()
    const own = { key: 'vehicle', label: 'Vehicle', label_many: 'Vehicles' }
    await owner.call('POST', '/crm/custom-objects', { body: own })
    const kinds = ownedKindsSeen({ own_objects: new Set([own.key]) })
    for (const { operations, records } of kinds) {
      const place = (path: string) => path.replace('{object}', records.object)
      const given = { [records.title]: `One ${records.object}` }
      const made = await sales.call<Lead>('POST', place(operations.create.path), { body: given })
      expect(made.body.owner_id, made.text).toBe(sales.session.user.id)
      ids.set(place(operations.get.path), made.body.id)
    }
    await owner.call('PATCH', '/crm/custom-objects/vehicle', { body: { retired: true, version: 1 } })
    await deactivate(owner, sales, `?reassign_to=${heir.session.user.id}`)
    await expect
      .poll(async () => (await eventsOf(app, owner)).filter(({ type }) => type === 'record.updated').length, {
        timeout: 15_000,
      })
      .toBe(1)
    await owner.call('PATCH', '/crm/custom-objects/vehicle', { body: { retired: false, version: 2 } })
    for (const [place, id] of ids) {
      const single = place.replace('{id}', id)
      const ownerOf = async () => (await owner.call<Lead>('GET', single)).body.owner_id
      await expect.poll(ownerOf, { timeout: 15_000 }).toBe(heir.session.user.id)
      const timeline = await owner.call<{ items: Activity[] }>('GET', `${single}/timeline`)
      expect(timeline.body.items[0]).toMatchObject({ type: 'updated', actor: { id: owner.session.user.id } })
    }
    const told = (await eventsOf(app, owner)).filter(({ type }) => type.endsWith('.updated'))
    expect(told.map(({ type }) => type).toSorted()).toEqual(
      [
        'custom_object.updated',
        'custom_object.updated',
        ...kinds.map(({ records }) => `${records.family}.updated`),
      ].toSorted(),
    )
  })

  test('leaves nothing to strangers or to those who are shut out themselves', async () => {
    const owner = await app.register()
    const [sales, gone, stranger] = [
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
      await app.register(),
    ]
    await deactivate(owner, gone)
    for (const heir of [gone, stranger, sales]) {
      const refused = await deactivate(owner, sales, `?reassign_to=${heir.session.user.id}`)
      expect(refused.status).toBe(422)
    }
    expect((await sales.call('GET', '/crm/leads')).status).toBe(200)
  })
})

describe('leaving', () => {
  test('is everybody’s right, and ends only that one membership', async () => {
    const owner = await app.register()
    const viewer = await app.join(owner, 'viewer')
    const { organization, access_token } = viewer.session
    const left = await viewer.call('DELETE', `/users/me/memberships/${organization.id}`)
    expect(left.status).toBe(204)
    expect((await viewer.call('GET', '/crm/leads')).status).toBe(403)
    const again = await viewer.call('DELETE', `/users/me/memberships/${organization.id}`)
    expect(again.status).toBe(404)
    const me = await app.call<Me & Refusal>('GET', '/users/me', {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(me.status).toBe(403)
    expect((await eventsOf(app, owner)).at(-1)).toMatchObject({
      type: 'member.removed',
      actor_id: viewer.session.user.id,
    })
  })
})

test('every change of members and invitations is in the audit log, with before and after', async () => {
  const owner = await app.register()
  const sales = await app.join(owner, 'sales')
  await setRole(owner, sales, 'viewer')
  await deactivate(owner, sales)
  await owner.call('POST', '/organizations/current/invitations', {
    body: { email: 'x@example.com', role: 'sales' },
  })
  const { organization, user } = owner.session
  const entries = await app.app.platform.tenancy.inTenant(systemActor(organization.id), ({ tx }) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'record_name', 'before', 'after', 'actor_id', 'category'])
      .where('organization_id', '=', organization.id)
      .where('object', 'in', ['member', 'invitation'])
      .orderBy('seq')
      .execute(),
  )
  const member = { record_name: sales.session.user.full_name, actor_id: user.id, category: 'security' }
  expect(entries.slice(-3)).toEqual([
    { ...member, action: 'member.updated', before: { role: 'sales' }, after: { role: 'viewer' } },
    { ...member, action: 'member.removed', before: { role: 'viewer' }, after: null },
    {
      ...member,
      action: 'invitation.created',
      record_name: 'x@example.com',
      before: null,
      after: { email: 'x@example.com', role: 'sales', team_ids: [] },
    },
  ])
})
