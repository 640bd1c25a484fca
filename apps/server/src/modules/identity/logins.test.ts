import type { Organization } from '@rapport/contracts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, cookieOf, inOrganization, startIdentity, type Harness } from './testing/harness.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

const origin = { origin: 'http://localhost:3000' }

describe('log-in', () => {
  test('answers tokens, whatever the case of the e-mail', async () => {
    const { body } = await identity.register()
    const again = await identity.logIn(body.user.email.toUpperCase())
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ user: body.user, organization: body.organization, role: 'owner' })
    expect((await identity.me(bearer(again.body))).status).toBe(200)
  })

  test('answers an unknown e-mail exactly as a wrong password', async () => {
    const { body } = await identity.register()
    const wrong = await identity.logIn(body.user.email, { password: 'not the password' })
    const unknown = await identity.logIn('nobody@example.com')
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_credentials'])
    const plain = (problem: Record<string, unknown>) => ({ ...problem, request_id: null })
    expect(plain(unknown.body)).toEqual(plain(wrong.body))
  })

  test('goes to the organization that is asked for, of members only', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    const organization_id = two.body.organization.id
    const refused = await identity.logIn(one.body.user.email, { organization_id })
    expect([refused.status, refused.body.code]).toEqual([403, 'not_a_member'])
    await identity.join(one.body, organization_id)
    const accepted = await identity.logIn(one.body.user.email, {
      organization_id: organization_id.toUpperCase(),
    })
    expect(accepted.body).toMatchObject({ organization: { id: organization_id }, role: 'sales' })
    const later = await identity.logIn(one.body.user.email)
    expect(later.body.organization.id).toBe(organization_id)
  })

  test('is refused to an account without any organization', async () => {
    const { body } = await identity.register()
    await identity.leave(body, body.organization.id)
    const refused = await identity.logIn(body.user.email)
    expect([refused.status, refused.body.code]).toEqual([403, 'no_organization'])
  })
})

describe('a refresh token', () => {
  test('is exchanged for new tokens of the same session', async () => {
    const { body } = await identity.register()
    const next = await identity.exchange(body.refresh_token)
    expect(next.status).toBe(200)
    expect(next.body.refresh_token).not.toBe(body.refresh_token)
    expect(next.body).toMatchObject({ user: body.user, organization: body.organization, expires_in: 900 })
    expect((await identity.me(bearer(next.body))).status).toBe(200)
    expect((await identity.exchange(next.body.refresh_token)).status).toBe(200)
  })

  test('leaves the browser the cookie that came along', async () => {
    const made = await identity.register()
    const next = await identity.exchange(made.body.refresh_token, { cookie: cookieOf(made) })
    expect(cookieOf(next)).toBe(cookieOf(made))
    expect((await identity.me({ cookie: cookieOf(made) })).status).toBe(200)
  })

  test('that was used before ends the whole session', async () => {
    const { body } = await identity.register()
    const second = await identity.exchange(body.refresh_token)
    const third = await identity.exchange(second.body.refresh_token)
    const reused = await identity.exchange(body.refresh_token)
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh_token_invalid'])
    expect((await identity.exchange(third.body.refresh_token)).status).toBe(401)
    expect((await identity.me(bearer(third.body))).status).toBe(401)
  })

  test('may be exchanged twice at once, with the same successor', async () => {
    const { body } = await identity.register()
    const answers = await Promise.all([1, 2, 3].map(() => identity.exchange(body.refresh_token)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(answers.map((answer) => answer.body.refresh_token)).size).toBe(1)
    for (const answer of answers) expect((await identity.me(bearer(answer.body))).status).toBe(200)
    expect((await identity.exchange(answers[0]?.body.refresh_token ?? '')).status).toBe(200)
  })

  test('has ten seconds for that and no more', async () => {
    const { body } = await identity.register()
    const next = await identity.exchange(body.refresh_token)
    await identity.later(10_500, async () => {
      expect((await identity.exchange(body.refresh_token)).status).toBe(401)
      expect((await identity.exchange(next.body.refresh_token)).status).toBe(401)
    })
  })

  test('of nobody is refused', async () => {
    expect((await identity.exchange('made-up')).status).toBe(401)
  })
})

describe('log-out', () => {
  test('ends the access token, the refresh token and the cookie at once', async () => {
    const made = await identity.register()
    expect((await identity.me(bearer(made.body))).status).toBe(200)
    expect((await identity.me({ cookie: cookieOf(made) })).status).toBe(200)
    const out = await identity.logOut({ cookie: cookieOf(made), ...origin })
    expect(out.status).toBe(204)
    expect(out.headers['set-cookie']).toMatch(/^rapport_session=; Max-Age=0/)
    expect((await identity.me(bearer(made.body))).status).toBe(401)
    expect((await identity.me({ cookie: cookieOf(made) })).status).toBe(401)
    expect((await identity.exchange(made.body.refresh_token)).status).toBe(401)
    expect((await identity.logOut(bearer(made.body))).status).toBe(401)
  })

  test('leaves the other sessions of the same person alone', async () => {
    const { body } = await identity.register()
    const other = await identity.logIn(body.user.email)
    await identity.logOut(bearer(body))
    expect((await identity.me(bearer(other.body))).status).toBe(200)
  })

  test('in another process is noticed within five seconds', async () => {
    const { body } = await identity.register()
    expect((await identity.me(bearer(body))).status).toBe(200)
    await identity.tenancy.inSystem((tx) =>
      tx
        .updateTable('sessions')
        .set({ revoked_at: new Date() })
        .where('user_id', '=', body.user.id)
        .execute(),
    )
    await identity.later(5_001, async () => {
      expect((await identity.me(bearer(body))).status).toBe(401)
    })
  })

  test('and expiry leave no row behind for longer than thirty days', async () => {
    const { body } = await identity.register()
    await identity.logOut(bearer(body))
    const remaining = async () => {
      await identity.scheduled.get('identity.delete-ended-sessions')?.()
      const { rows } = await identity.pool.query('SELECT 1 FROM sessions WHERE user_id = $1', [body.user.id])
      return rows.length
    }
    expect(await remaining()).toBe(1)
    await identity.later(31 * 24 * 3600_000, async () => expect(await remaining()).toBe(0))
  })
})

describe('changing the organization', () => {
  const switchTo = (organization_id: string, headers: Record<string, string>) =>
    identity.call('POST', '/auth/switch-organization', { headers, body: { organization_id } })

  test('is for members and gives tokens of that organization', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    const other = two.body.organization.id
    expect((await switchTo(other, bearer(one.body))).status).toBe(403)
    await identity.join(one.body, other)
    const switched = await switchTo(other, bearer(one.body))
    expect(switched.body).toMatchObject({ organization: { id: other }, role: 'sales' })
    expect((await identity.current(inOrganization(switched.body))).status).toBe(200)
    const next = await identity.exchange(switched.body.refresh_token)
    expect(next.body.organization.id).toBe(other)
    expect((await identity.me({ cookie: cookieOf(switched) })).status).toBe(401)
    expect((await identity.me({ cookie: cookieOf(next) })).body.organization.id).toBe(other)
  })

  test('is not needed with the cookie, which names any of its organizations', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    const other = two.body.organization.id
    await identity.join(one.body, other, 'viewer')
    const cookie = cookieOf(one)
    expect((await identity.current({ cookie, 'x-org-id': other })).body.id).toBe(other)
    const there = await identity.me({ cookie, 'x-org-id': other })
    expect(there.body).toMatchObject({ organization: { id: other }, role: 'viewer' })
    expect(there.body.permissions['leads:read']).toBe('all')
    expect(there.body.permissions['organization:update']).toBeUndefined()
    expect(there.body.organizations.map(({ id }) => id)).toEqual([one.body.organization.id, other])
    const elsewhere = await identity.me({ cookie, 'x-org-id': randomUUID() })
    expect(elsewhere.body.organization.id).toBe(one.body.organization.id)
  })

  test('leads to organizations made later, of which one is the owner', async () => {
    const { body } = await identity.register()
    const made = await identity.call<Organization>('POST', '/organizations', {
      headers: bearer(body),
      body: { name: 'Second', currency: 'BRL' },
    })
    expect([made.status, made.body.currency]).toEqual([201, 'BRL'])
    const switched = await switchTo(made.body.id, bearer(body))
    expect([switched.status, switched.body.role]).toEqual([200, 'owner'])
  })
})
