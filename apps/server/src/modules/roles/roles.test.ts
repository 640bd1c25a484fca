import { roleGrants, type Me, type RoleRecord } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let admin: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = await app.join(owner, 'admin')
})
afterAll(() => app?.stop())

type Refusal = {
  code: string
  errors: { path: string; code: string }[]
  current: RoleRecord
  conflicts: string[]
}
const path = '/organizations/current/roles'
let counter = 0

const make = (body: Record<string, unknown>, by = owner) =>
  by.call<RoleRecord & Refusal>('POST', path, {
    body: { name: `Role ${(counter += 1)}`, from: 'sales', ...body },
  })
async function aRole(body: Record<string, unknown> = {}, by = owner): Promise<RoleRecord> {
  const made = await make(body, by)
  expect(made.status, made.text).toBe(201)
  return made.body
}
const change = (id: string, body: Record<string, unknown>, by = owner) =>
  by.call<RoleRecord & Refusal>('PATCH', `${path}/${id}`, { body })
const remove = (id: string, replacement?: string, by = owner) =>
  by.call<Refusal>('DELETE', `${path}/${id}${replacement === undefined ? '' : `?replacement=${replacement}`}`)
const listed = async (by = owner) => (await by.call<{ items: RoleRecord[] }>('GET', path)).body.items
const meOf = async (caller: Caller) => (await caller.call<Me>('GET', '/users/me')).body

describe('a role', () => {
  test('is listed with what it grants and how many have it, the built-in ones first', async () => {
    const custom = await aRole({ name: 'Zebra' })
    const roles = await listed()
    expect(roles.slice(0, 9).map((role) => role.built_in)).toEqual(Array(9).fill(true))
    expect(roles.find((role) => role.id === 'owner')).toMatchObject({
      member_count: 1,
      grants: roleGrants.owner,
      can: { update: false, delete: false, assign: false },
    })
    expect(roles.find((role) => role.id === custom.id)).toEqual(custom)
    expect(custom).toMatchObject({
      member_count: 0,
      version: 1,
      can: { update: true, delete: true, assign: true },
    })
  })

  test('is cloned from another one, field rules included, and then changed', async () => {
    const rules = { lead: { email: 'hidden', phone: 'edit', source: 'read' } }
    const first = await aRole({ from: 'caller', field_rules: rules, description: 'Calls' })
    expect(first.grants).toEqual(roleGrants.caller)
    expect(first.field_rules).toEqual({ lead: { email: 'hidden', source: 'read' } })
    const clone = await aRole({ from: first.id })
    expect(clone).toMatchObject({
      grants: first.grants,
      field_rules: first.field_rules,
      description: 'Calls',
    })
    const changed = await change(clone.id, { grants: { 'pipelines:read': 'all' }, version: 1 })
    expect(changed.body).toMatchObject({ grants: { 'pipelines:read': 'all' }, version: 2 })
  })

  test('cloned from the owner leaves out what is for the owner alone', async () => {
    const role = await aRole({ from: 'owner' })
    expect(role.grants).toEqual(roleGrants.admin)
  })

  test('has a name that no other role has, whatever its case, nor a built-in one', async () => {
    await aRole({ name: 'Night shift' })
    for (const name of ['NIGHT shift', 'Lead Generator'])
      expect((await make({ name })).body, name).toMatchObject({ errors: [{ path: 'name', code: 'taken' }] })
    const other = await aRole()
    expect((await change(other.id, { name: 'night SHIFT' })).status).toBe(422)
    expect((await change(other.id, { name: 'Other' })).status).toBe(200)
  })

  test('that was changed meanwhile is not overwritten', async () => {
    const { id } = await aRole()
    await change(id, { name: 'First come', version: 1 })
    const late = await change(id, { name: 'Second come', version: 1 })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'version_conflict', current: { name: 'First come', version: 2 }, conflicts: ['name'] },
    })
    const header = { 'if-match': '"1"' }
    expect(
      (await owner.call('PATCH', `${path}/${id}`, { body: { name: 'Third' }, headers: header })).status,
    ).toBe(409)
  })

  test('of another organization does not exist', async () => {
    const stranger = await app.register()
    const { id } = await aRole()
    expect((await stranger.call('GET', `${path}/${id}`)).status).toBe(404)
    expect((await change(id, { name: 'Mine' }, stranger)).status).toBe(404)
    expect((await make({ from: id }, stranger)).body.errors).toMatchObject([
      { path: 'from', code: 'unknown_role' },
    ])
  })

  test('writes an audit entry and an event when it is made, changed and deleted', async () => {
    const { id } = await aRole({ name: 'Audited' })
    await change(id, { field_rules: { lead: { email: 'read' } } })
    await remove(id)
    const entries = await owner.call<{ items: { action: string; before: unknown; after: unknown }[] }>(
      'GET',
      `/organizations/current/audit-log?record_id=${id}`,
    )
    expect(entries.status, entries.text).toBe(200)
    expect(entries.body.items.map((entry) => entry.action).toSorted()).toEqual([
      'role.created',
      'role.deleted',
      'role.updated',
    ])
    expect(entries.body.items.find((entry) => entry.action === 'role.updated')).toMatchObject({
      before: { field_rules: {} },
      after: { field_rules: { lead: { email: 'read' } } },
    })
  })
})

describe('what is granted', () => {
  test.each([
    [{ 'pipelines:manage': 'own', 'pipelines:read': 'all' }, 'grants.pipelines:manage', 'not_scoped'],
    [{ 'leads:update': 'own' }, 'grants.leads:update', 'needs_permission'],
    [{ 'leads:read': 'all' }, 'grants.leads:read', 'needs_permission'],
    [
      { 'pipelines:read': 'all', 'leads:read': 'own', 'leads:update': 'team' },
      'grants.leads:update',
      'exceeds_read',
    ],
    [{ ...roleGrants.owner }, 'grants.organization:transfer', 'owner_only'],
  ])('has to make sense: %j', async (grants, place, code) => {
    const { status, body } = await make({ grants })
    expect(status).toBe(422)
    expect(body.errors).toContainEqual(expect.objectContaining({ path: place, code }))
  })

  test.each([
    [{ lead: { full_name: 'hidden' } }, 'field_rules.lead.full_name', 'not_restrictable'],
    [{ lead: { status: 'hidden' } }, 'field_rules.lead.status', 'not_restrictable'],
    [{ lead: { id: 'hidden' } }, 'field_rules.lead.id', 'unknown_field'],
    [{ lead: { created_at: 'read' } }, 'field_rules.lead.created_at', 'unknown_field'],
    [{ lead: { nonsense: 'read' } }, 'field_rules.lead.nonsense', 'unknown_field'],
    [{ toString: { email: 'read' } }, 'field_rules.toString', 'unknown_object'],
  ])('restricts fields that can be restricted: %j', async (field_rules, place, code) => {
    const { status, body } = await make({ field_rules })
    expect(status).toBe(422)
    expect(body.errors).toEqual([expect.objectContaining({ path: place, code })])
  })

  test('is a permission and a scope that exist', async () => {
    for (const grants of [{ 'leads:fly': 'all' }, { 'leads:read': 'some' }, { 'leads:read': null }])
      expect((await make({ grants })).status).toBe(422)
  })

  test('never exceeds what the giver holds: an admin cannot give the transfer of the organization', async () => {
    const { status, body } = await make({ grants: roleGrants.owner }, admin)
    expect({ status, ...body }).toMatchObject({
      status: 403,
      code: 'exceeds_yours',
      errors: [{ path: 'grants.organization:transfer', code: 'exceeds_yours' }],
    })
  })

  test('never exceeds the giver in scope or in fields, and stronger roles are out of reach', async () => {
    const strong = await aRole({ from: 'manager' })
    const grants = {
      ...roleGrants.viewer,
      'leads:read': 'team',
      'leads:create': 'all',
      'roles:read': 'all',
      'roles:manage': 'all',
      'members:manage': 'all',
    }
    const field_rules = { lead: { email: 'hidden', phone: 'read' } }
    const limited = await app.join(owner, (await aRole({ grants, field_rules })).id)
    const attempts = [
      [{ grants: { ...grants, 'leads:read': 'all' }, field_rules }, 'grants.leads:read'],
      [{ grants, field_rules: { lead: { email: 'hidden' } } }, 'field_rules.lead.phone'],
      [{ grants, field_rules: { lead: { email: 'read', phone: 'read' } } }, 'field_rules.lead.email'],
    ] as const
    for (const [body, place] of attempts) {
      const refused = await make(body, limited)
      expect({ status: refused.status, errors: refused.body.errors }).toMatchObject({
        status: 403,
        errors: [{ path: place }],
      })
    }
    expect((await make({ from: 'viewer' }, limited)).status).toBe(403)
    expect((await change(strong.id, { name: 'Weaker' }, limited)).status).toBe(403)
    expect((await remove(strong.id, undefined, limited)).status).toBe(403)
    const own = await aRole({ grants: { ...grants, 'leads:read': 'own' }, field_rules }, limited)
    expect((await remove(own.id, 'admin', limited)).body.code).toBe('exceeds_yours')
    expect((await remove(own.id, undefined, limited)).status).toBe(204)
    const seen = await listed(limited)
    expect(seen.find((role) => role.id === strong.id)?.can).toEqual({
      update: false,
      delete: false,
      assign: false,
    })
  })

  test('cannot be changed for the built-in roles, least of all the owner', async () => {
    for (const id of ['owner', 'admin', 'viewer']) {
      expect((await change(id, { grants: {} })).body).toMatchObject({ code: 'built_in_role' })
      expect((await remove(id, 'sales')).body).toMatchObject({ code: 'built_in_role' })
    }
  })

  test('cannot be taken from one’s own role so that nobody could give it back', async () => {
    const role = await aRole({ from: 'admin' })
    const keeper = await app.join(owner, role.id)
    const { 'roles:manage': _, ...fewer } = roleGrants.admin
    expect((await change(role.id, { grants: fewer }, keeper)).body).toMatchObject({
      errors: [{ path: 'grants.roles:manage', code: 'locks_you_out' }],
    })
    expect((await remove(role.id, 'viewer', keeper)).body).toMatchObject({ code: 'own_role' })
    expect((await change(role.id, { grants: fewer })).status).toBe(200)
    expect((await meOf(keeper)).permissions['roles:manage']).toBeUndefined()
  })
})

describe('a role in use', () => {
  test('is deleted only with a replacement, which all who have it get at once', async () => {
    const { id } = await aRole({ from: 'manager' })
    const member = await app.join(owner, id)
    expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'role_in_use' } })
    for (const replacement of ['owner', 'nonsense', id])
      expect((await remove(id, replacement)).body.errors, replacement).toMatchObject([
        { path: 'query.replacement' },
      ])
    expect((await remove(id, 'caller')).status).toBe(204)
    expect(await meOf(member)).toMatchObject({ role: 'caller', permissions: roleGrants.caller })
  })

  test('that is not known grants nothing and breaks nothing', async () => {
    const member = await app.join(owner, '0190a0a0-0000-7000-8000-000000000000')
    expect(await meOf(member)).toMatchObject({ permissions: {}, field_rules: {} })
    expect(await member.call('GET', '/crm/leads')).toMatchObject({
      status: 403,
      body: { code: 'permission_missing' },
    })
    expect((await owner.call('GET', '/organizations/current/members')).status).toBe(200)
  })

  test('tells its member its name, grants and field rules', async () => {
    const { id } = await aRole({
      name: 'Field agent',
      from: 'caller',
      field_rules: { lead: { email: 'hidden' } },
    })
    expect(await meOf(await app.join(owner, id))).toMatchObject({
      role: id,
      role_name: 'Field agent',
      permissions: roleGrants.caller,
      field_rules: { lead: { email: 'hidden' } },
    })
  })
})
