import type { Session, SignInMethods, TwoFactorRequired } from '@rapport/contracts'
import { generateSync } from 'otplib'
import { systemActor } from '../../../platform/actor.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, inOrganization, password, startIdentity, type Harness } from '../testing/harness.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

const step_ms = 30_000
/** The code that the app shows, at the test's own clock. */
const codeOf = (secret: string, ahead_ms = 0) =>
  generateSync({ secret, epoch: Math.floor((Date.now() + ahead_ms) / 1000) })

type Codes = { recovery_codes: string[] }
type SetUp = { secret: string; otpauth_url: string; qr_code: string }
type Problem = { code: string }

const post = <Body>(path: string, body?: unknown, session?: Session) =>
  identity.call<Body & Problem>('POST', path, { body, headers: session ? bearer(session) : {} })
const begin = (session: Session) => post<SetUp>('/users/me/two-factor', undefined, session)
const confirm = (session: Session, code: string) =>
  post<Codes>('/users/me/two-factor/confirmation', { code }, session)
const methods = async (session: Session) =>
  (await identity.call<SignInMethods>('GET', '/users/me/sign-in-methods', { headers: bearer(session) })).body

/** A person with two-factor on; their first code is used up. */
async function aPerson() {
  const { body: session } = await identity.register()
  const { secret } = (await begin(session)).body
  const { recovery_codes } = (await confirm(session, codeOf(secret))).body
  return { session, secret, recovery_codes, email: session.user.email }
}

async function challengeFor(email: string): Promise<string> {
  const { body } = await identity.call<TwoFactorRequired>('POST', '/auth/login', {
    body: { email, password },
  })
  expect(body.two_factor_required).toBe(true)
  return body.challenge
}

const answer = (challenge: string, proof: Record<string, string>) =>
  post<Session>('/auth/two-factor', { challenge, proof })

/** Far enough for the next code. */
const inAMoment = (work: () => Promise<void>) => identity.later(step_ms, work)
const nextCode = (secret: string) => codeOf(secret, step_ms)

describe('setting up two-factor', () => {
  test('shows the secret as text and as a QR code, and is on after the first code only', async () => {
    const { body: session } = await identity.register()
    const { body } = await begin(session)
    expect(body.otpauth_url).toContain(`secret=${body.secret}`)
    expect(body.qr_code).toMatch(/^data:image\/svg\+xml;base64,/)
    expect((await identity.logIn(session.user.email)).body.access_token).toBeDefined()
    expect((await confirm(session, '000000')).body.code).toBe('wrong_proof')
    expect((await methods(session)).two_factor.enabled_at).toBeNull()
    const enabled = await confirm(session, codeOf(body.secret))
    expect(enabled.body.recovery_codes).toHaveLength(10)
    expect((await methods(session)).two_factor).toEqual({
      enabled_at: expect.any(String),
      recovery_codes_left: 10,
    })
    expect((await begin(session)).body.code).toBe('two_factor_is_on')
  })

  test('is told to the holder by mail and kept in the log of the organization', async () => {
    const { session } = await aPerson()
    const letters = await identity.letters()
    const mine = letters.filter(({ to }) => to === session.user.email)
    expect(mine.map(({ subject }) => subject)).toContain('Two-factor is on')
    const entries = await identity.tenancy.inTenant(systemActor(session.organization.id), ({ tx }) =>
      tx.selectFrom('audit_log').select(['action', 'category', 'actor_id']).execute(),
    )
    expect(entries).toContainEqual({
      action: 'two_factor.enabled',
      category: 'security',
      actor_id: session.user.id,
    })
  })

  test('keeps nothing that a copy of the database could log in with', async () => {
    const { session, secret, recovery_codes } = await aPerson()
    const { rows } = await identity.pool.query(
      `SELECT secret_sealed, (SELECT string_agg(encode(code_hash, 'hex'), ' ') FROM recovery_codes c
         WHERE c.user_id = f.user_id) AS hashes FROM second_factors f WHERE user_id = $1`,
      [session.user.id],
    )
    expect(rows[0].secret_sealed).toMatch(/^v1\./)
    const stored = JSON.stringify(rows)
    for (const told of [secret, ...recovery_codes]) expect(stored).not.toContain(told)
  })

  test('asks for the person again when the log-in is long ago', async () => {
    const { body: session } = await identity.register()
    await identity.later(16 * 60_000, async () => {
      const renewed = (await identity.exchange(session.refresh_token)).body
      expect((await begin(renewed)).body.code).toBe('confirmation_required')
      const wrong = await post('/auth/confirm', { proof: { password: 'not the password' } }, renewed)
      expect([wrong.status, wrong.body.code]).toEqual([403, 'wrong_proof'])
      expect((await post('/auth/confirm', { proof: { password } }, renewed)).status).toBe(204)
      expect((await begin(renewed)).status).toBe(201)
    })
  })
})

describe('a log-in with two-factor', () => {
  test('answers a challenge instead of a session, and a session for the code', async () => {
    const { email, secret, session } = await aPerson()
    const asked = await identity.call<TwoFactorRequired>('POST', '/auth/login', { body: { email, password } })
    expect(asked.body).toEqual({
      two_factor_required: true,
      challenge: expect.any(String),
      methods: ['code', 'recovery_code'],
    })
    expect(asked.headers['set-cookie']).toBeUndefined()
    await inAMoment(async () => {
      const opened = await answer(asked.body.challenge, { code: nextCode(secret) })
      expect(opened.status).toBe(200)
      expect(opened.headers['set-cookie']).toMatch(/^rapport_session=/)
      expect(opened.body.organization.id).toBe(session.organization.id)
      expect((await identity.me(bearer(opened.body))).status).toBe(200)
    })
  })

  test('accepts no code twice, nor an earlier one after a later one', async () => {
    const { email, secret } = await aPerson()
    // Used when two-factor was turned on.
    expect((await answer(await challengeFor(email), { code: codeOf(secret) })).body.code).toBe(
      'wrong_second_factor',
    )
    await inAMoment(async () => {
      const code = nextCode(secret)
      expect((await answer(await challengeFor(email), { code })).status).toBe(200)
      expect((await answer(await challengeFor(email), { code })).status).toBe(401)
      expect((await answer(await challengeFor(email), { code: codeOf(secret) })).status).toBe(401)
    })
  })

  test('accepts the same code once when it comes twice at the same moment', async () => {
    const { email, secret } = await aPerson()
    const challenges = [await challengeFor(email), await challengeFor(email)]
    await inAMoment(async () => {
      const answers = await Promise.all(challenges.map((one) => answer(one, { code: nextCode(secret) })))
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '401'])
    })
  })

  test('bears a clock that is one step off, and not two', async () => {
    const { email, secret } = await aPerson()
    await identity.later(10 * step_ms, async () => {
      const off = (steps: number) => codeOf(secret, (10 + steps) * step_ms)
      expect((await answer(await challengeFor(email), { code: off(-2) })).status).toBe(401)
      expect((await answer(await challengeFor(email), { code: off(2) })).status).toBe(401)
      expect((await answer(await challengeFor(email), { code: off(-1) })).status).toBe(200)
      expect((await answer(await challengeFor(email), { code: off(1) })).status).toBe(200)
    })
  })

  test('takes a recovery code once, however it is typed', async () => {
    const { email, recovery_codes, session } = await aPerson()
    const [first = ''] = recovery_codes
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ')} `
    expect((await answer(await challengeFor(email), { recovery_code: typed })).status).toBe(200)
    expect((await answer(await challengeFor(email), { recovery_code: first })).status).toBe(401)
    expect((await methods(session)).two_factor.recovery_codes_left).toBe(9)
    const letters = await identity.letters()
    expect(letters.some(({ to, subject }) => to === email && subject === 'A recovery code was used')).toBe(
      true,
    )
  })

  test('needs a challenge that is fresh, unused and its own', async () => {
    const { email, secret, recovery_codes } = await aPerson()
    const stranger = await aPerson()
    const challenge = await challengeFor(email)
    expect((await answer('made-up', { code: codeOf(secret) })).body.code).toBe('challenge_ended')
    const theirs = await answer(challenge, { recovery_code: stranger.recovery_codes[0] ?? '' })
    expect(theirs.body.code).toBe('wrong_second_factor')
    expect((await answer(challenge, { recovery_code: recovery_codes[0] ?? '' })).status).toBe(200)
    expect((await answer(challenge, { recovery_code: recovery_codes[1] ?? '' })).body.code).toBe(
      'challenge_ended',
    )
    const late = await challengeFor(email)
    await identity.later(11 * 60_000, async () => {
      expect((await answer(late, { recovery_code: recovery_codes[2] ?? '' })).body.code).toBe(
        'challenge_ended',
      )
    })
  })

  test('ends the challenge after five wrong answers', async () => {
    const { email, recovery_codes } = await aPerson()
    const challenge = await challengeFor(email)
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await answer(challenge, { code: '000000' })).body.code).toBe('wrong_second_factor')
    const right = await answer(challenge, { recovery_code: recovery_codes[0] ?? '' })
    expect(right.body.code).toBe('challenge_ended')
  })

  test('ends an open challenge when the password changes', async () => {
    const { email, session, recovery_codes } = await aPerson()
    const challenge = await challengeFor(email)
    await identity.tenancy.inSystem((tx) =>
      tx.updateTable('users').set({ password_hash: 'another' }).where('id', '=', session.user.id).execute(),
    )
    const late = await answer(challenge, { recovery_code: recovery_codes[0] ?? '' })
    expect(late.body.code).toBe('challenge_ended')
  })

  test('names exactly one proof', async () => {
    const both = await answer('any', { code: '123456', recovery_code: 'abcdefghijkmnpqr' })
    expect([both.status, both.body.code]).toEqual([422, 'invalid_input'])
    expect((await answer('any', {})).status).toBe(422)
    expect((await answer('any', { code: '12345' })).status).toBe(422)
  })
})

describe('turning two-factor off', () => {
  const disable = (session: Session, body: unknown) => post('/users/me/two-factor/disable', body, session)

  test('needs the password and a code', async () => {
    const { session, email, recovery_codes } = await aPerson()
    const proof = { recovery_code: recovery_codes[0] }
    expect((await disable(session, { password: 'not the password', proof })).body.code).toBe('wrong_proof')
    expect((await disable(session, { proof })).body.code).toBe('wrong_proof')
    expect((await disable(session, { password, proof: { code: '000000' } })).body.code).toBe('wrong_proof')
    expect((await disable(session, { password, proof })).status).toBe(204)
    expect((await identity.logIn(email)).body.access_token).toBeDefined()
    expect((await disable(session, { password, proof })).body.code).toBe('two_factor_is_off')
  })

  test('or new recovery codes, ends the old codes', async () => {
    const { session, email, recovery_codes } = await aPerson()
    const renewed = await post<Codes>('/users/me/two-factor/recovery-codes', undefined, session)
    expect(renewed.status).toBe(201)
    const old = await answer(await challengeFor(email), { recovery_code: recovery_codes[0] ?? '' })
    expect(old.status).toBe(401)
    const [fresh = ''] = renewed.body.recovery_codes
    expect((await answer(await challengeFor(email), { recovery_code: fresh })).status).toBe(200)
  })
})

describe('guesses at the second factor', () => {
  test('block it for a while, and leave the password of the same person alone', async () => {
    const guarded = await startIdentity({ limits: { failures: 3 } })
    try {
      const call = <Body>(path: string, body: unknown, headers = {}) =>
        guarded.call<Body & Problem>('POST', path, { body, headers })
      const { body: session } = await guarded.register()
      const { secret } = (await call<SetUp>('/users/me/two-factor', undefined, bearer(session))).body
      await call('/users/me/two-factor/confirmation', { code: codeOf(secret) }, bearer(session))
      const log = { email: session.user.email, password }
      const answers: string[] = []
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const { challenge } = (await call<TwoFactorRequired>('/auth/login', log)).body
        answers.push((await call('/auth/two-factor', { challenge, proof: { code: '000000' } })).body.code)
      }
      expect(answers.at(-1)).toBe('too_many_failures')
      expect((await call<TwoFactorRequired>('/auth/login', log)).body.two_factor_required).toBe(true)
    } finally {
      await guarded.stop()
    }
  })
})

describe('an organization that asks two-factor of all', () => {
  const require = (session: Session, required = true) =>
    identity.call<Problem>('PUT', '/organizations/current/two-factor', {
      body: { required },
      headers: inOrganization(session),
    })

  test('shuts out sessions with one factor until it is set up, and lets them see who they are', async () => {
    const owner = await aPerson()
    const { body: member } = await identity.register()
    await identity.join(member, owner.session.organization.id)
    const there = { organization_id: owner.session.organization.id }
    const { body: one } = await identity.logIn(member.user.email, there)
    expect((await identity.current(inOrganization(one))).status).toBe(200)
    expect((await require(owner.session)).status).toBe(200)
    const refused = await identity.current(inOrganization(one))
    expect([refused.status, (refused.body as unknown as Problem).code]).toEqual([403, 'two_factor_required'])
    const me = await identity.me(inOrganization(one))
    expect([me.status, me.body.two_factor_pending]).toEqual([200, true])
    expect((await identity.current(inOrganization(owner.session))).status).toBe(200)

    const { secret } = (await begin(one)).body
    await confirm(one, codeOf(secret))
    expect((await identity.current(inOrganization(one))).status).toBe(200)
    expect((await identity.me(inOrganization(one))).body.two_factor_pending).toBe(false)
    expect((await require(owner.session, false)).status).toBe(200)
  })

  test('cannot be made by somebody who would be shut out', async () => {
    const { body: session } = await identity.register()
    expect((await require(session)).body.code).toBe('own_two_factor_first')
  })
})
