/**
 * Every tenant route × every built-in role and every kind of intruder, compared with the matrix. The routes come
 * from the server and the roles from the catalogue: a new one of either is part of it, and a route that cannot be
 * tried fails the suite. A granted change is proven without making it: with a body, an id or a form that is refused
 * for its content (400, 404, 409, 415, 422) and not for the role.
 */
import { randomUUID } from 'node:crypto'
import { roleGrants, roles, type Lead, type Permission, type Role } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTokens } from '../modules/identity/index.ts'
import type { DeclaredRoute } from '../platform/http/api.ts'
import { isWithinTenant, permissionsOf, type Allowed } from '../platform/http/route.ts'
import { createTestApp, type Answer, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples, type Examples } from './examples.ts'

type TenantRoute = DeclaredRoute & { allow: Allowed }
type Problem = { code?: string }

let app: TestApp
let owner: Caller
let examples: Examples
let routes: TenantRoute[]
const members = new Map<Role, Caller>()
const tally = { roles: 0, attacks: 0 }

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  examples = await makeExamples(owner)
  routes = app.app.routes.filter((route): route is TenantRoute => isWithinTenant(route.allow))
  for (const role of roles) members.set(role, role === 'owner' ? owner : await app.join(owner, role))
})
afterAll(async () => {
  const [n, tried] = [routes?.length ?? 0, tally.roles + tally.attacks]
  console.info(
    `permissions: ${n} routes × ${roles.length} roles = ${tally.roles}, ${tally.attacks} attacks; ${tried} requests, 0 uncovered`,
  )
  await app?.stop()
})

const nameOf = ({ operation }: TenantRoute) => `${operation.method} ${operation.path}`

/** A request that shows whether the role is let in, and changes nothing when it is. */
function harmless({ operation }: TenantRoute): { path: string; body?: unknown } | null {
  const strange = operation.path.replace(/\{\w+\}/g, randomUUID())
  if (operation.method === 'GET') return exampleRequest(operation, examples)
  if (operation.multipart) return { path: strange, body: { no: 'form' } }
  if (operation.body) return { path: strange, body: { no_such_field: true } }
  return operation.params ? { path: strange } : null
}

async function findings(
  tries: (route: TenantRoute) => Promise<(string | null)[]>,
  chosen = routes,
): Promise<string[]> {
  const found: string[] = []
  for (const route of chosen)
    for (const finding of await tries(route)) if (finding) found.push(`${nameOf(route)}: ${finding}`)
  return found
}

const told = ({ status, body }: Answer<Problem>) => `${status} ${body?.code ?? ''}`.trim()

describe('the matrix', () => {
  test('covers every route: each can be tried without harm', () => {
    expect(routes.filter((route) => harmless(route) === null).map(nameOf)).toEqual([])
    expect(routes.length).toBeGreaterThan(50)
  })

  test('is what every built-in role meets on every route', async () => {
    const wrong = await findings(async (route) => {
      const request = harmless(route)
      if (!request) return []
      return Promise.all(
        roles.map(async (role) => {
          const caller = members.get(role) as Caller
          const answer = await caller.call<Problem>(route.operation.method, request.path, request)
          tally.roles += 1
          const granted = permissionsOf(route.allow).some((one) => roleGrants[role][one] !== undefined)
          const refused = answer.status === 403 && answer.body.code === 'permission_missing'
          if (!granted) return refused ? null : `${role} is not refused: ${told(answer)}`
          const fine = answer.status < 300 || [400, 404, 409, 415, 422].includes(answer.status)
          return fine ? null : `${role} is not let in: ${told(answer)}`
        }),
      )
    })
    expect(wrong).toEqual([])
  })
})

describe('on records, a scope', () => {
  const kinds = [
    { of: 'leads', path: 'leads', named: { full_name: 'Reached' } },
    { of: 'tasks', path: 'tasks', named: { title: 'Reached' } },
    { of: 'custom_records', path: 'custom-objects/vehicle/records', named: { name: 'Reached' } },
  ] as const
  test.each(kinds)('of each role reaches whose $of it says, to read, change and delete', async (kind) => {
    const { of, path, named } = kind
    const team = await owner.call('POST', '/organizations/current/teams', {
      body: { name: `Near ${of}`, member_ids: roles.map((role) => members.get(role)?.session.user.id) },
    })
    expect(team.status, team.text).toBe(201)
    const outsider = await app.join(owner, 'sales')
    const wrong: string[] = []
    for (const role of roles) {
      const caller = members.get(role) as Caller
      const mate = role === 'sales' ? members.get('viewer') : members.get('sales')
      const owners = {
        own: caller.session.user.id,
        team: mate?.session.user.id ?? '',
        all: outsider.session.user.id,
      }
      for (const [whose, owner_id] of Object.entries(owners)) {
        const record = await owner.call<Lead>('POST', `/crm/${path}`, { body: { ...named, owner_id } })
        const { id } = record.body
        for (const [permission, method] of [
          [`${of}:read`, 'GET'],
          [`${of}:update`, 'PATCH'],
          [`${of}:delete`, 'DELETE'],
        ] as const) {
          const body = method === 'PATCH' ? { body: { tags: { add: ['seen'] } } } : {}
          const answer = await caller.call<Problem>(method, `/crm/${path}/${id}`, body)
          tally.roles += 1
          const wanted = expected(role, permission, whose as 'own' | 'team' | 'all')
          if (answer.status !== wanted)
            wrong.push(`${role} ${permission} of ${whose}: ${told(answer)}, not ${wanted}`)
        }
        const { body } = await caller.call<{ items: Lead[] }>('GET', `/crm/${path}?limit=200`)
        const listed = (body.items ?? []).some((one) => one.id === id)
        const deleted = reaches(role, `${of}:delete`, whose as 'own')
        if (listed !== (reaches(role, `${of}:read`, whose as 'own') && !deleted))
          wrong.push(`${role} ${listed ? 'sees' : 'misses'} a record of ${whose} in the list`)
      }
    }
    expect(wrong).toEqual([])
  })

  type Whose = 'own' | 'team' | 'all'
  const order: Whose[] = ['own', 'team', 'all']
  const reaches = (role: Role, permission: Permission, whose: Whose) => {
    const scope = roleGrants[role][permission]
    return scope !== undefined && order.indexOf(scope) >= order.indexOf(whose)
  }
  const expected = (role: Role, permission: Permission, whose: Whose) => {
    if (roleGrants[role][permission] === undefined) return 403
    const [of = ''] = permission.split(':')
    if (!reaches(role, `${of}:read` as Permission, whose)) return 404
    if (!reaches(role, permission, whose)) return 403
    return permission.endsWith(':delete') ? 204 : 200
  }
})

type Attack = { name: string; headers: () => Promise<Record<string, string>>; wanted: string[] }

function attacks(): Attack[] {
  const organization = () => ({ 'x-org-id': examples.organization_id })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const claimsOf = (caller: Caller) => {
    const [, payload = ''] = caller.session.access_token.split('.')
    const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string }
    const { user, organization: place } = caller.session
    return { user_id: user.id, session_id: sid, organization_id: place.id, name: user.full_name }
  }
  const { secret } = app.app.platform.environment
  return [
    { name: 'no token', headers: async () => organization(), wanted: ['401 not_authenticated'] },
    {
      name: 'a forged token',
      headers: async () => ({
        ...organization(),
        ...bearer(await createTokens('a secret of somebody else').issueAccess(claimsOf(owner))),
      }),
      wanted: ['401'],
    },
    {
      name: 'an expired token',
      headers: async () => ({
        ...organization(),
        ...bearer(await createTokens(secret, () => Date.now() - 16 * 60_000).issueAccess(claimsOf(owner))),
      }),
      wanted: ['401'],
    },
    {
      name: 'a made-up API key',
      headers: async () => bearer(`rap_abcdefgh_${'x'.repeat(49)}`),
      wanted: ['401'],
    },
    {
      name: 'a token of another organization',
      headers: async () => ({ ...bearer((await app.register()).session.access_token), ...organization() }),
      wanted: ['403 organization_mismatch'],
    },
    {
      name: 'a member of another organization by cookie',
      headers: async () => ({ cookie: await cookieOf(), origin: 'http://localhost:3000', ...organization() }),
      wanted: ['403 not_a_member'],
    },
    { name: 'a removed member', headers: removedMember, wanted: ['403 not_a_member', '401'] },
    {
      name: 'an API key without scopes for it',
      headers: async () => bearer(await narrowKey()),
      wanted: ['403 permission_missing', '403 session_required'],
    },
    { name: 'a revoked API key', headers: async () => bearer(await revokedKey()), wanted: ['401'] },
  ]
}

async function cookieOf(): Promise<string> {
  const email = `cookie-${randomUUID()}@example.com`
  const made = await app.call('POST', '/auth/register', {
    body: { email, password: 'correct horse battery', full_name: 'Cookie' },
  })
  return String(made.headers['set-cookie']).split(';')[0] ?? ''
}

async function removedMember(): Promise<Record<string, string>> {
  const member = await app.join(owner, 'admin')
  const { access_token, user } = member.session
  const headers = { authorization: `Bearer ${access_token}`, 'x-org-id': examples.organization_id }
  expect((await app.call('GET', '/crm/leads', { headers })).status).toBe(200)
  const removed = await owner.call('DELETE', `/organizations/current/members/${user.id}`)
  expect(removed.status, removed.text).toBeLessThan(300)
  return headers
}

type MadeKey = { id: string; secret: string }
const makeKey = async (scopes: Permission[]) =>
  (await owner.call<MadeKey>('POST', '/api-keys', { body: { name: 'Suite', scopes } })).body

/** The narrowest key that can be made; routes of its one scope are left out of its attack. */
const narrowScope: Permission = 'features:read'
const narrowKey = async () => (await makeKey([narrowScope])).secret

async function revokedKey(): Promise<string> {
  const { id, secret } = await makeKey(['leads:read'])
  const revoked = await owner.call('DELETE', `/api-keys/${id}`)
  expect(revoked.status, revoked.text).toBeLessThan(300)
  return secret
}

describe('every route refuses', () => {
  test('whoever has no business there, by what they bring', async () => {
    const wrong: string[] = []
    for (const { name, headers, wanted } of attacks()) {
      const brought = await headers()
      const chosen = routes.filter(
        (route) => !name.includes('without scopes') || !permissionsOf(route.allow).includes(narrowScope),
      )
      wrong.push(...(await findings((route) => attack(route, name, brought, wanted), chosen)))
    }
    expect(wrong).toEqual([])
  })

  test("whoever is not logged in, on the routes of one's own account, too", async () => {
    const own = app.app.routes.filter((route) => route.allow === 'session') as TenantRoute[]
    const wrong: string[] = []
    for (const { name, headers, wanted } of attacks().filter(({ name }) => withoutPerson.test(name))) {
      const brought = await headers()
      const codes = name.includes('without scopes') ? ['403 session_required'] : wanted
      wrong.push(...(await findings((route) => attack(route, name, brought, codes), own)))
    }
    expect(own.length).toBeGreaterThan(10)
    expect(wrong).toEqual([])
  })

  const withoutPerson = /^(no token|a forged token|an expired token|.*API key.*)$/

  async function attack(
    route: TenantRoute,
    name: string,
    brought: Record<string, string>,
    wanted: string[],
  ): Promise<(string | null)[]> {
    const { path, body, headers: own } = exampleRequest(route.operation, examples)
    const answer = await app.call<Problem>(route.operation.method, path, {
      body,
      headers: { ...own, ...brought },
    })
    tally.attacks += 1
    return [wanted.some((start) => told(answer).startsWith(start)) ? null : `${name}: ${told(answer)}`]
  }
})
