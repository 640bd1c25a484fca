import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, cookieOf, password, startIdentity, type Harness } from '../testing/harness.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

const fresh = 'an unusual horse of mine'
const verify = (token: string) => identity.call('POST', '/auth/verify-email', { body: { token } })
const ask = (email: string) => identity.call('POST', '/auth/request-password-reset', { body: { email } })
const reset = (token: string, next = fresh) =>
  identity.call('POST', '/auth/reset-password', { body: { token, password: next } })
const lettersTo = async (email: string) => (await identity.letters()).filter(({ to }) => to === email)
/** The token in the newest mail to that address. */
const tokenFor = async (email: string) =>
  /#token=([\w-]+)/.exec((await lettersTo(email)).at(-1)?.text ?? '')?.[1] ?? ''

describe('an address', () => {
  test('is unproved until the link that was mailed to it is followed, which works once', async () => {
    const { body } = await identity.register()
    expect(body.user.email_verified_at).toBeNull()
    const token = await tokenFor(body.user.email)
    expect((await verify(token)).status).toBe(204)
    expect((await identity.me(bearer(body))).body.user.email_verified_at).not.toBeNull()
    const again = await verify(token)
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('link_expired')])
  })

  test('is not proved by a link of three days ago, a made-up one, or one for a password', async () => {
    const { body } = await identity.register()
    const token = await tokenFor(body.user.email)
    await identity.later(3 * 24 * 3600_000 + 1000, async () => expect((await verify(token)).status).toBe(422))
    expect((await verify('made-up')).status).toBe(422)
    await ask(body.user.email)
    expect((await verify(await tokenFor(body.user.email))).status).toBe(422)
  })

  test('gets its link again on request, a few times an hour', async () => {
    const { body } = await identity.register()
    const resend = () => identity.call('POST', '/auth/resend-verification', { headers: bearer(body) })
    const answers = []
    for (let attempt = 0; attempt < 5; attempt += 1) answers.push((await resend()).status)
    expect(answers).toEqual([202, 202, 202, 202, 429])
    expect(await lettersTo(body.user.email)).toHaveLength(5)
    await verify(await tokenFor(body.user.email))
    expect((await resend()).status).toBe(202)
    expect(await lettersTo(body.user.email)).toHaveLength(5)
  })
})

describe('a lost password', () => {
  test('is replaced by the mailed link, once, and every session ends', async () => {
    const made = await identity.register()
    const { user } = made.body
    const other = await identity.logIn(user.email)
    expect((await ask(user.email)).status).toBe(202)
    const token = await tokenFor(user.email)
    expect((await reset(token)).status).toBe(204)
    expect((await identity.me(bearer(made.body))).status).toBe(401)
    expect((await identity.me({ cookie: cookieOf(other) })).status).toBe(401)
    expect((await identity.exchange(other.body.refresh_token)).status).toBe(401)
    expect((await identity.logIn(user.email)).status).toBe(401)
    const back = await identity.logIn(user.email, { password: fresh })
    expect(back.body.user.email_verified_at).not.toBeNull()
    expect((await reset(token)).status).toBe(422)
    const notice = (await lettersTo(user.email)).find(({ subject }) => subject.includes('was changed'))
    expect(notice?.text).not.toContain('token=')
  })

  test('link lives for an hour, and is worth nothing once another was used or the password changed', async () => {
    const { body } = await identity.register()
    await ask(body.user.email)
    const first = await tokenFor(body.user.email)
    await identity.later(3600_000 + 1000, async () => expect((await reset(first)).status).toBe(422))
    await ask(body.user.email)
    expect((await reset(await tokenFor(body.user.email))).status).toBe(204)
    expect((await reset(first)).status).toBe(422)
  })

  test('is asked for with the same answer, headers and statements for known and unknown addresses', async () => {
    const { body } = await identity.register()
    await identity.letters()
    const observe = async (email: string) => {
      const statements = await identity.statementsOf(async () => {
        const { status, text, headers } = await ask(email)
        expect([status, text]).toEqual([202, ''])
        expect(Object.keys(headers)).toEqual(
          expect.not.arrayContaining(['set-cookie', 'location', 'retry-after']),
        )
      })
      return statements
    }
    const known = await observe(body.user.email)
    expect(await observe('nobody-here@example.com')).toEqual(known)
    expect(await lettersTo('nobody-here@example.com')).toEqual([])
  })

  test('mails nobody more than five links an hour', async () => {
    const { body } = await identity.register()
    for (let attempt = 0; attempt < 8; attempt += 1) expect((await ask(body.user.email)).status).toBe(202)
    const resets = (await lettersTo(body.user.email)).filter(({ subject }) =>
      subject.includes('new password'),
    )
    expect(resets).toHaveLength(5)
  })

  test('leaves no usable secret in the database', async () => {
    const { body } = await identity.register()
    await ask(body.user.email)
    const token = await tokenFor(body.user.email)
    const { rows } = await identity.pool.query<{ row: string }>(
      'SELECT row_to_json(t)::text AS row FROM account_tokens t UNION ALL SELECT row_to_json(m)::text FROM outgoing_mails m',
    )
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
  })
})

describe('a password', () => {
  test('that everybody guesses first, or that is the address itself, is refused everywhere', async () => {
    for (const weak of ['password123', 'QWERTYuiop', 'aaaaaaaaaaaa', 'person-of-note@example.com'])
      expect(
        (await identity.register({ email: 'person-of-note@example.com', password: weak })).text,
      ).toContain('password_too_common')
    const { body } = await identity.register()
    await ask(body.user.email)
    const token = await tokenFor(body.user.email)
    expect((await reset(token, '1234567890')).text).toContain('password_too_common')
    expect((await reset(token)).status).toBe(204)
  })

  const change = (headers: Record<string, string>, current_password: string, next: string) =>
    identity.call('PUT', '/users/me/password', { headers, body: { current_password, password: next } })

  test('is changed by who knows it; the other sessions end and this one goes on', async () => {
    const { body } = await identity.register()
    const other = await identity.logIn(body.user.email)
    expect((await change(bearer(body), 'not the password', fresh)).text).toContain('wrong_password')
    expect((await change(bearer(body), password, password)).text).toContain('password_unchanged')
    expect((await change(bearer(body), password, fresh)).status).toBe(204)
    expect((await identity.me(bearer(body))).status).toBe(200)
    expect((await identity.me(bearer(other.body))).status).toBe(401)
    expect((await identity.logIn(body.user.email, { password: fresh })).status).toBe(200)
    const letters = await lettersTo(body.user.email)
    expect(letters.map(({ subject }) => subject)).toContain('Your password was changed')
  })

  test('change and reset are in the log of every organization of the person', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    await identity.join(one.body, two.body.organization.id)
    await change(bearer(one.body), password, fresh)
    const actor = await identity.enter(
      { ...bearer(two.body), 'x-org-id': two.body.organization.id },
      two.body.organization.id,
    )
    const entries = await identity.tenancy.inTenant(actor, ({ tx }) =>
      tx
        .selectFrom('audit_log')
        .select(['action', 'record_id', 'ip'])
        .where('action', '=', 'user.password_changed')
        .execute(),
    )
    expect(entries).toEqual([
      { action: 'user.password_changed', record_id: one.body.user.id, ip: '127.0.0.1' },
    ])
  })
})
