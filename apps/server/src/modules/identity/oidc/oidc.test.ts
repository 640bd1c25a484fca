import type {
  LinkedIdentity,
  PasswordRequired,
  Session,
  SignInMethods,
  TwoFactorRequired,
} from '@rapport/contracts'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, cookieOf, password, startIdentity, type Harness } from '../testing/harness.ts'
import {
  client,
  startOpenIdProvider,
  visit,
  type OpenIdProvider,
  type Person,
} from '../../../testing/openid-provider.ts'

const home = 'http://localhost:3000'
const people = new Map<string, Person>()
let identity: Harness
let provider: OpenIdProvider
let counter = 0

beforeAll(async () => {
  provider = await startOpenIdProvider([`${home}/sign-in/oidc`], people)
  identity = await startIdentity({
    publicUrl: home,
    variables: { ...client, OIDC_ISSUER: provider.issuer, OIDC_NAME: 'Acme' },
  })
})
afterAll(async () => {
  await identity?.stop()
  await provider?.stop()
})

type Problem = { code: string }

function aSubject(person: Person = {}): { subject: string; email: string } {
  counter += 1
  const subject = `subject-${counter}`
  const email = person.email ?? `visitor${counter}@example.com`
  people.set(subject, { email, email_verified: true, name: `Visitor ${counter}`, ...person })
  return { subject, email }
}

const post = <Body>(path: string, body?: unknown, headers: Record<string, string> = {}) =>
  identity.call<Body & Problem>('POST', path, { body, headers })

/** The address to begin at, and the cookie of the browser that begins. */
async function start(path = '/auth/providers/oidc/start', headers: Record<string, string> = {}) {
  const begun = await post<{ url: string }>(path, undefined, headers)
  return { ...begun, url: begun.body.url, cookie: cookieOf(begun) }
}
type Answer = Session & TwoFactorRequired & PasswordRequired
const finish = (back: URL, cookie: string) =>
  post<Answer>('/auth/providers/oidc/callback', { query: back.search.slice(1) }, { cookie })

/** The whole way of a browser. */
async function signIn(subject: string) {
  const { url, cookie } = await start()
  return finish(await visit(url, subject), cookie)
}

const methods = async (session: Session) =>
  (await identity.call<SignInMethods>('GET', '/users/me/sign-in-methods', { headers: bearer(session) })).body

/** Registered with a password; whether the address was proved is said by the caller. */
async function aMember({ proved }: { proved: boolean }) {
  const { body: session } = await identity.register()
  if (proved)
    await identity.tenancy.inSystem((tx) =>
      tx
        .updateTable('users')
        .set({ email_verified_at: new Date() })
        .where('id', '=', session.user.id)
        .execute(),
    )
  return session
}

describe('a log-in at a provider', () => {
  test('is offered for the providers that are set up', async () => {
    const { body } = await identity.call<{ items: unknown }>('GET', '/auth/providers')
    expect(body.items).toEqual([{ provider: 'oidc', name: 'Acme' }])
    const google = await post('/auth/providers/google/start')
    expect([google.status, google.body.code]).toEqual([404, 'provider_not_found'])
  })

  test('asks for a code with PKCE, state and nonce, and ties it to the browser by a cookie', async () => {
    const { url, headers } = await start()
    const asked = new URL(url)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${home}/sign-in/oidc`,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^login\.[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(headers['set-cookie']).toMatch(
      /^rapport_sign_in=[\w-]{43}; Max-Age=600; Path=\/api\/; HttpOnly; SameSite=Lax/,
    )
  })

  test('makes an account with an organization for somebody new, with a proved address and no password', async () => {
    const { subject, email } = aSubject({ name: 'Clara Nunes', locale: 'pt-BR' })
    const opened = await signIn(subject)
    expect(opened.status).toBe(200)
    expect(opened.body).toMatchObject({
      user: { email, full_name: 'Clara Nunes', language: 'pt-BR', email_verified_at: expect.any(String) },
      organization: { name: "Clara's organization" },
      role: 'owner',
    })
    expect(String(opened.headers['set-cookie'])).toMatch(/rapport_sign_in=;.*rapport_session=/)
    expect(await methods(opened.body)).toMatchObject({
      password: false,
      identities: [{ provider: 'oidc', email }],
    })
    expect((await post('/auth/login', { email, password })).status).toBe(401)
    const again = await signIn(subject)
    expect(again.body.user.id).toBe(opened.body.user.id)
  })

  test('finds the person by their subject, whatever address the provider tells later', async () => {
    const { subject } = aSubject()
    const first = await signIn(subject)
    const other = await aMember({ proved: true })
    people.set(subject, { email: other.user.email, email_verified: false })
    const second = await signIn(subject)
    expect(second.body.user.id).toBe(first.body.user.id)
  })

  test('links an account that has proved the same address, and tells its holder', async () => {
    const member = await aMember({ proved: true })
    const { subject } = aSubject({ email: member.user.email.toUpperCase() })
    const opened = await signIn(subject)
    expect(opened.body.user.id).toBe(member.user.id)
    const letters = await identity.letters()
    expect(
      letters.some(({ to, subject: title }) => to === member.user.email && title === 'Acme was linked'),
    ).toBe(true)
  })

  test('asks for the password of an account that has not proved the address', async () => {
    const member = await aMember({ proved: false })
    const { subject } = aSubject({ email: member.user.email })
    const asked = await signIn(subject)
    expect(asked.body).toEqual({
      password_required: true,
      challenge: expect.any(String),
      email: member.user.email,
    })
    const { challenge } = asked.body
    const path = '/auth/providers/oidc/password'
    const wrong = await post(path, { challenge, password: 'not the password' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_credentials'])
    expect((await methods(member)).identities).toEqual([])
    const linked = await post<Session>(path, { challenge, password })
    expect([linked.status, linked.body.user.id]).toEqual([200, member.user.id])
    expect((await methods(member)).identities).toHaveLength(1)
    expect((await post(path, { challenge, password })).body.code).toBe('challenge_ended')
    expect((await signIn(subject)).body.access_token).toBeDefined()
  })

  test.each([
    ['that the provider has not verified', { email_verified: false }],
    ['of which the provider says nothing', { email_verified: undefined }],
  ])('is refused with an address %s, whether it is known here or not', async (_, claims) => {
    const member = await aMember({ proved: true })
    const known = await signIn(aSubject({ email: member.user.email, ...claims }).subject)
    const unknown = await signIn(aSubject(claims).subject)
    for (const refused of [known, unknown])
      expect([refused.status, refused.body.code]).toEqual([403, 'provider_email_unverified'])
    expect((await methods(member)).identities).toEqual([])
  })

  test('asks for the second factor where the account has one', async () => {
    const { subject } = aSubject()
    const { body: session } = await signIn(subject)
    const { body } = await post<{ secret: string }>('/users/me/two-factor', undefined, bearer(session))
    const code = generateSync({ secret: body.secret })
    await post('/users/me/two-factor/confirmation', { code }, bearer(session))
    const asked = await signIn(subject)
    expect(asked.body).toMatchObject({ two_factor_required: true, methods: ['code', 'recovery_code'] })
    expect(String(asked.headers['set-cookie'])).not.toContain('rapport_session')
  })
})

describe('the answer of a provider', () => {
  const refusedAs = async (answer: Promise<{ status: number; body: Problem }>) => {
    const { status, body } = await answer
    return [status, body.code]
  }

  test('is good for once', async () => {
    const { subject } = aSubject()
    const { url, cookie } = await start()
    const back = await visit(url, subject)
    expect((await finish(back, cookie)).status).toBe(200)
    expect(await refusedAs(finish(back, cookie))).toEqual([401, 'sign_in_ended'])
    const other = await start()
    expect(await refusedAs(finish(back, other.cookie))).toEqual([401, 'sign_in_refused'])
  })

  test('is good in the browser that began only', async () => {
    const { subject } = aSubject()
    const mine = await start()
    const theirs = await start()
    const back = await visit(mine.url, subject)
    expect(await refusedAs(finish(back, theirs.cookie))).toEqual([401, 'sign_in_refused'])
    expect(await refusedAs(finish(back, 'rapport_sign_in=made-up'))).toEqual([401, 'sign_in_ended'])
    expect(await refusedAs(post('/auth/providers/oidc/callback', { query: back.search.slice(1) }))).toEqual([
      401,
      'sign_in_ended',
    ])
  })

  test('is refused with another state', async () => {
    const { subject } = aSubject()
    const { url, cookie } = await start()
    const back = await visit(url, subject)
    back.searchParams.set('state', `${back.searchParams.get('state')?.slice(0, -1)}_`)
    expect(await refusedAs(finish(back, cookie))).toEqual([401, 'sign_in_refused'])
  })

  test('is refused with another nonce', async () => {
    const { subject } = aSubject()
    const { url, cookie } = await start()
    const asked = new URL(url)
    asked.searchParams.set('nonce', 'of-another-log-in')
    expect(await refusedAs(finish(await visit(asked.href, subject), cookie))).toEqual([
      401,
      'sign_in_refused',
    ])
  })

  test('is refused with a code that another browser asked for', async () => {
    const { subject } = aSubject()
    const [mine, theirs] = [await start(), await start()]
    const asked = new URL(theirs.url)
    asked.searchParams.set('state', new URL(mine.url).searchParams.get('state') ?? '')
    asked.searchParams.set('nonce', new URL(mine.url).searchParams.get('nonce') ?? '')
    // State and nonce are those of this browser; what gives it away is the code verifier.
    expect(await refusedAs(finish(await visit(asked.href, subject), mine.cookie))).toEqual([
      401,
      'sign_in_refused',
    ])
  })

  test('is refused after ten minutes', async () => {
    const { subject } = aSubject()
    const { url, cookie } = await start()
    const back = await visit(url, subject)
    await identity.later(10 * 60_000 + 1000, async () => {
      expect(await refusedAs(finish(back, cookie))).toEqual([401, 'sign_in_ended'])
    })
  })

  test('may be that the person does not want to', async () => {
    const { url, cookie } = await start()
    const state = new URL(url).searchParams.get('state') ?? ''
    const back = new URL(`${home}/sign-in/oidc?${new URLSearchParams({ error: 'access_denied', state })}`)
    expect(await refusedAs(finish(back, cookie))).toEqual([401, 'sign_in_refused'])
  })
})

describe('linking a provider in the settings', () => {
  const path = '/users/me/identities/oidc'
  async function link(session: Session, subject: string, as = session) {
    const { url, cookie } = await start(`${path}/start`, bearer(session))
    const query = (await visit(url, subject)).search.slice(1)
    return post<LinkedIdentity>(path, { query }, { ...bearer(as), cookie })
  }

  test('lets it open the account, whatever its address', async () => {
    const member = await aMember({ proved: false })
    const { subject, email } = aSubject({ email_verified: false })
    const linked = await link(member, subject)
    expect([linked.status, linked.body.email]).toEqual([201, email])
    expect((await signIn(subject)).body.user.id).toBe(member.user.id)
  })

  test('is refused for one that opens another account, and in another session', async () => {
    const [one, two] = [await aMember({ proved: false }), await aMember({ proved: false })]
    const { subject } = aSubject()
    expect((await link(one, subject)).status).toBe(201)
    const taken = await link(two, subject)
    expect([taken.status, taken.body.code]).toEqual([409, 'identity_taken'])
    const elsewhere = await link(two, aSubject().subject, one)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([401, 'sign_in_ended'])
  })

  test('does not log anybody in, nor does a log-in link anything', async () => {
    const member = await aMember({ proved: false })
    const linking = await start(`${path}/start`, bearer(member))
    const back = await visit(linking.url, aSubject().subject)
    expect((await finish(back, linking.cookie)).body.code).toBe('sign_in_ended')
    const logging = await start()
    const query = (await visit(logging.url, aSubject().subject)).search.slice(1)
    const crossed = await post(path, { query }, { ...bearer(member), cookie: logging.cookie })
    expect(crossed.body.code).toBe('sign_in_ended')
  })

  test('can be undone, but not for the last way in', async () => {
    const remove = (session: Session, id = '') =>
      identity.call<Problem>('DELETE', `/users/me/identities/${id}`, { headers: bearer(session) })
    const member = await aMember({ proved: false })
    const { body: linked } = await link(member, aSubject().subject)
    expect((await remove(member, linked.id)).status).toBe(204)
    expect((await methods(member)).identities).toEqual([])

    const { body: visitor } = await signIn(aSubject().subject)
    const [only] = (await methods(visitor)).identities
    const refused = await remove(visitor, only?.id)
    expect([refused.status, refused.body.code]).toEqual([409, 'last_way_in'])
    expect((await remove(member, only?.id)).status).toBe(404)
  })
})

describe('a provider that is away', () => {
  test('is told as such, and asked again later', async () => {
    const port = new URL(provider.issuer).port
    const away = await startIdentity({
      publicUrl: home,
      variables: { ...client, OIDC_ISSUER: `http://127.0.0.1:${port}/nothing-here` },
    })
    try {
      const answer = await away.call<Problem>('POST', '/auth/providers/oidc/start')
      expect([answer.status, answer.body.code]).toEqual([502, 'provider_unavailable'])
      expect(answer.headers['retry-after']).toBe('30')
    } finally {
      await away.stop()
    }
  })
})
