import type { Preferences, UserSession } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, cookieOf, password, startIdentity, type Harness } from '../testing/harness.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const logInWith = (email: string, agent: string) =>
  identity.call('POST', '/auth/login', { body: { email, password }, headers: { 'user-agent': agent } })
const sessionsOf = async (headers: Record<string, string>) =>
  (await identity.call<{ items: UserSession[] }>('GET', '/auth/sessions', { headers })).body.items
const lettersTo = async (email: string) =>
  (await identity.letters()).filter(({ to }) => to === email).map(({ subject }) => subject)

describe('sessions', () => {
  test('are listed with device and place, this one first, and never those of others', async () => {
    const { body } = await identity.register()
    await identity.register()
    await logInWith(body.user.email, firefox)
    const items = await sessionsOf(bearer(body))
    expect(items.map(({ current }) => current)).toEqual([true, false])
    expect(items[1]).toMatchObject({ browser: 'Firefox', system: 'Linux', ip: '127.0.0.1' })
    expect(JSON.stringify(items)).not.toMatch(/hash|token/)
  })

  test('end at once when they are ended from another, and leave the rest alone', async () => {
    const { body } = await identity.register()
    const [two, three] = [
      await logInWith(body.user.email, firefox),
      await logInWith(body.user.email, firefox),
    ]
    const items = await sessionsOf(bearer(two.body))
    const own = items.find(({ current }) => current)?.id ?? ''
    const ended = await identity.call('DELETE', `/auth/sessions/${own}`, { headers: bearer(body) })
    expect(ended.status).toBe(204)
    expect((await identity.me(bearer(two.body))).status).toBe(401)
    expect((await identity.me({ cookie: cookieOf(two) })).status).toBe(401)
    expect((await identity.me(bearer(three.body))).status).toBe(200)
    const again = await identity.call('DELETE', `/auth/sessions/${own}`, { headers: bearer(body) })
    expect([again.status, again.body.code]).toEqual([404, 'session_not_found'])
  })

  test('of others cannot be ended', async () => {
    const [one, two] = [await identity.register(), await identity.register()]
    const [session] = await sessionsOf(bearer(two.body))
    const refused = await identity.call('DELETE', `/auth/sessions/${session?.id}`, {
      headers: bearer(one.body),
    })
    expect(refused.status).toBe(404)
    expect((await identity.me(bearer(two.body))).status).toBe(200)
  })

  test('all end but this one, each told in the log', async () => {
    const { body } = await identity.register()
    const others = [await logInWith(body.user.email, firefox), await logInWith(body.user.email, firefox)]
    expect((await identity.call('DELETE', '/auth/sessions', { headers: bearer(body) })).status).toBe(204)
    expect(await sessionsOf(bearer(body))).toHaveLength(1)
    for (const other of others) expect((await identity.me(bearer(other.body))).status).toBe(401)
    const { rows } = await identity.auditOf(body)
    expect(rows.filter(({ action }) => action === 'session.revoked')).toHaveLength(2)
  })

  test('of which a refresh token came again are ended, logged and told by mail', async () => {
    const { body } = await identity.register()
    const second = await identity.exchange(body.refresh_token)
    await identity.exchange(second.body.refresh_token)
    await identity.later(60_000, async () => {
      expect((await identity.exchange(body.refresh_token)).status).toBe(401)
    })
    const { rows } = await identity.auditOf(body)
    expect(rows.map(({ action }) => action)).toContain('session.token_reused')
    expect(await lettersTo(body.user.email)).toContain('We ended a session of your account')
  })

  test('opened on a device not seen before are told by mail, unless that is switched off', async () => {
    const { body } = await identity.register()
    const notice = 'New log-in to your account'
    await logInWith(body.user.email, firefox)
    expect((await lettersTo(body.user.email)).filter((subject) => subject === notice)).toHaveLength(1)
    await logInWith(body.user.email, firefox)
    expect((await lettersTo(body.user.email)).filter((subject) => subject === notice)).toHaveLength(1)
    await identity.call('PUT', '/users/me/preferences', {
      headers: bearer(body),
      body: { security_mails: false },
    })
    await logInWith(body.user.email, firefox.replace('X11; Linux x86_64', 'Windows NT 10.0'))
    expect((await lettersTo(body.user.email)).filter((subject) => subject === notice)).toHaveLength(1)
  })
})

describe('preferences', () => {
  test('belong to the account, so another device has them too', async () => {
    const { body } = await identity.register()
    const before = await identity.call<Preferences>('GET', '/users/me/preferences', { headers: bearer(body) })
    expect(before.body).toEqual({
      language: 'en',
      time_zone: 'UTC',
      theme: 'system',
      date_format: 'auto',
      week_start: 'auto',
      security_mails: true,
    })
    const change = { theme: 'dark', language: 'pt-BR', time_zone: 'America/Sao_Paulo', week_start: 'sunday' }
    const changed = await identity.call<Preferences>('PUT', '/users/me/preferences', {
      headers: bearer(body),
      body: change,
    })
    expect(changed.body).toEqual({ ...before.body, ...change })
    const other = await identity.logIn(body.user.email)
    const there = await identity.call('GET', '/users/me/preferences', { headers: bearer(other.body) })
    expect(there.body).toEqual(changed.body)
  })

  test('decide on which day the weeks of filters begin, at once', async () => {
    const { body } = await identity.register()
    const firstDay = async (week_start: string) => {
      await identity.call('PUT', '/users/me/preferences', { headers: bearer(body), body: { week_start } })
      const headers = { ...bearer(body), 'x-org-id': body.organization.id }
      return (await identity.enter(headers, body.organization.id)).week_starts_on
    }
    expect([await firstDay('monday'), await firstDay('saturday'), await firstDay('auto')]).toEqual([1, 6, 0])
  })

  test('that do not exist are refused by name', async () => {
    const { body } = await identity.register()
    for (const [field, value] of [
      ['theme', 'pink'],
      ['time_zone', 'Mars/Olympus'],
      ['week_start', 'friday'],
      ['email', 'me@example.com'],
    ] as const) {
      const refused = await identity.call('PUT', '/users/me/preferences', {
        headers: bearer(body),
        body: { [field]: value },
      })
      expect([field, refused.status]).toEqual([field, 422])
      expect(refused.text).toContain(`"path":"${field}"`)
    }
  })
})

describe('deleting the account', () => {
  const remove = (headers: Record<string, string>, attempt = password) =>
    identity.call('DELETE', '/users/me', { headers, body: { password: attempt } })

  test('takes the password, ends everything, and leaves neither name nor address', async () => {
    const { body } = await identity.register({ full_name: 'Gone Tomorrow' })
    const { email, id } = body.user
    expect((await remove(bearer(body), 'not the password')).text).toContain('wrong_password')
    expect((await remove(bearer(body))).status).toBe(204)
    expect((await identity.me(bearer(body))).status).toBe(401)
    expect((await identity.logIn(email)).status).toBe(401)
    const { rows } = await identity.pool.query<{ row: string }>(
      'SELECT row_to_json(users)::text AS row FROM users WHERE id = $1',
      [id],
    )
    expect(rows[0]?.row).not.toMatch(new RegExp(`${email}|Gone Tomorrow|argon2`))
    expect((await identity.register({ email })).status).toBe(201)
  })

  test('is refused to the only owner of an organization with other members', async () => {
    const [one, two] = [await identity.register(), await identity.register()]
    await identity.join(two.body, one.body.organization.id)
    const refused = await remove(bearer(one.body))
    expect([refused.status, refused.body.code]).toEqual([409, 'sole_owner'])
    expect(refused.text).toContain(one.body.organization.name)
    expect((await remove(bearer(two.body))).status).toBe(204)
    expect((await remove(bearer(one.body))).status).toBe(204)
  })
})
