import type { Passkey, Session, SignInMethods, TwoFactorRequired } from '@rapport/contracts'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bearer,
  cookieOf,
  inOrganization,
  password,
  startIdentity,
  type Harness,
} from '../testing/harness.ts'
import { createAuthenticator } from '../testing/soft-authenticator.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity({ publicUrl: 'http://localhost:3000' })
})
afterAll(() => identity?.stop())

type Options = { options: Record<string, unknown> }
type Problem = { code: string }
type Authenticator = ReturnType<typeof createAuthenticator>

const call = <Body>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, session?: Session) =>
  identity.call<Body & Problem>(method, path, { body, headers: session ? bearer(session) : {} })
const methods = async (session: Session) =>
  (await identity.call<SignInMethods>('GET', '/users/me/sign-in-methods', { headers: bearer(session) })).body

const optionsForNew = async (session: Session) =>
  (await call<Options>('POST', '/users/me/passkeys/options', undefined, session)).body.options
const add = (session: Session, name: string, passkey: unknown) =>
  call<Passkey>('POST', '/users/me/passkeys', { name, passkey }, session)
const options = async (challenge?: string) =>
  (await call<Options>('POST', '/auth/passkey/options', { challenge })).body.options
const logIn = (passkey: unknown) => call<Session>('POST', '/auth/passkey', { passkey })

/** A person with one passkey. */
async function aHolder(authenticator: Authenticator = createAuthenticator()) {
  const { body: session } = await identity.register()
  const added = await add(session, 'Laptop', authenticator.make(await optionsForNew(session)))
  expect(added.status).toBe(201)
  return { session, authenticator, passkey: added.body }
}

describe('registering a passkey', () => {
  test('asks for a discoverable key with user verification, and tells which ones there are already', async () => {
    const { session, passkey } = await aHolder()
    expect(await optionsForNew(session)).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: session.user.email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ type: 'public-key' }],
    })
    expect(passkey).toEqual({
      id: expect.any(String),
      name: 'Laptop',
      backed_up: false,
      created_at: expect.any(String),
      last_used_at: null,
    })
  })

  test('several, each under a name that can be changed', async () => {
    const { session } = await aHolder()
    const phone = await add(session, 'Phone', createAuthenticator().make(await optionsForNew(session)))
    expect(
      (await call('PATCH', `/users/me/passkeys/${phone.body.id}`, { name: 'My phone' }, session)).status,
    ).toBe(200)
    expect((await methods(session)).passkeys.map(({ name }) => name)).toEqual(['Laptop', 'My phone'])
    const { body: stranger } = await identity.register()
    const theirs = await call('PATCH', `/users/me/passkeys/${phone.body.id}`, { name: 'Mine' }, stranger)
    expect(theirs.status).toBe(404)
  })

  test.each([
    ['was made on another site', { origin: 'https://rapport.example.com' }],
    ['did not verify the person', { verified: false }],
  ])('refuses a key that %s', async (_, behaviour) => {
    const { body: session } = await identity.register()
    const made = createAuthenticator().make(await optionsForNew(session), behaviour)
    const refused = await add(session, 'Laptop', made)
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_input'])
    expect((await methods(session)).passkeys).toEqual([])
  })

  test('refuses an answer twice, from another session, or to options of long ago', async () => {
    const { body: session } = await identity.register()
    const { body: other } = await identity.logIn(session.user.email)
    const authenticator = createAuthenticator()
    const made = authenticator.make(await optionsForNew(session))
    expect((await add(other, 'Elsewhere', made)).status).toBe(422)
    expect((await add(session, 'Late', made)).status).toBe(422)
    const second = authenticator.make(await optionsForNew(session))
    expect((await add(session, 'Once', second)).status).toBe(201)
    expect((await add(session, 'Twice', second)).status).toBe(422)
    const old = authenticator.make(await optionsForNew(session))
    await identity.later(11 * 60_000, async () => expect((await add(session, 'Old', old)).status).toBe(422))
  })

  test('asks for the person again when the log-in is long ago', async () => {
    const { body: session } = await identity.register()
    await identity.later(16 * 60_000, async () => {
      const renewed = (await identity.exchange(session.refresh_token)).body
      const refused = await call('POST', '/users/me/passkeys/options', undefined, renewed)
      expect([refused.status, refused.body.code]).toEqual([403, 'confirmation_required'])
    })
  })
})

describe('logging in with a passkey', () => {
  test('needs no name and no password, and opens a session', async () => {
    const { session, authenticator } = await aHolder()
    const asked = await options()
    expect(asked).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
    const opened = await logIn(authenticator.use(asked))
    expect(opened.status).toBe(200)
    expect(opened.body.user.id).toBe(session.user.id)
    expect((await identity.me({ cookie: cookieOf(opened) })).status).toBe(200)
    const [passkey] = (await methods(session)).passkeys
    expect(passkey?.last_used_at).not.toBeNull()
  })

  test('counts as two factors', async () => {
    const { session, authenticator } = await aHolder()
    const { body: set_up } = await call<{ secret: string }>(
      'POST',
      '/users/me/two-factor',
      undefined,
      session,
    )
    await call(
      'POST',
      '/users/me/two-factor/confirmation',
      { code: generateSync({ secret: set_up.secret }) },
      session,
    )
    const opened = await logIn(authenticator.use(await options()))
    expect(opened.body.access_token).toBeDefined()
    await identity.call('PUT', '/organizations/current/two-factor', {
      body: { required: true },
      headers: inOrganization(opened.body),
    })
    expect((await identity.current(inOrganization(opened.body))).status).toBe(200)
  })

  test.each([
    ['on another site', { origin: 'https://rapport.example.com' }],
    ['without verifying the person', { verified: false }],
  ])('is refused %s', async (_, behaviour) => {
    const { authenticator } = await aHolder()
    const refused = await logIn(authenticator.use(await options(), behaviour))
    expect([refused.status, refused.body.code]).toEqual([401, 'passkey_refused'])
  })

  test('is refused twice with the same answer, to a made-up challenge and to an old one', async () => {
    const { authenticator } = await aHolder()
    const used = authenticator.use(await options())
    expect((await logIn(used)).status).toBe(200)
    expect((await logIn(used)).status).toBe(401)
    expect((await logIn(authenticator.use({ ...(await options()), challenge: 'made-up' }))).status).toBe(401)
    const old = authenticator.use(await options())
    await identity.later(11 * 60_000, async () => expect((await logIn(old)).status).toBe(401))
  })

  test('is refused to a copy of a key, whose counter has fallen behind', async () => {
    const { authenticator } = await aHolder()
    const copy = authenticator.clone()
    expect((await logIn(authenticator.use(await options()))).status).toBe(200)
    expect((await logIn(authenticator.use(await options()))).status).toBe(200)
    expect((await logIn(copy.use(await options()))).body.code).toBe('passkey_refused')
  })

  test('is refused with a signature of another key, or in the name of another person', async () => {
    const { authenticator } = await aHolder()
    const stranger = await aHolder()
    const mine = authenticator.use(await options())
    const theirs = stranger.authenticator.use(await options())
    const asked = await options()
    const forged = authenticator.use(asked)
    const { signature } = theirs.response
    expect((await logIn({ ...forged, response: { ...forged.response, signature } })).status).toBe(401)
    const { userHandle } = theirs.response
    expect((await logIn({ ...mine, response: { ...mine.response, userHandle } })).status).toBe(401)
  })

  test('is refused with a key that nobody has', async () => {
    const unknown = createAuthenticator()
    const { body: session } = await identity.register()
    unknown.make(await optionsForNew(session))
    const refused = await logIn(unknown.use(await options()))
    expect([refused.status, refused.body.code]).toEqual([401, 'passkey_refused'])
  })
})

describe('a passkey as the second step', () => {
  async function aTwoFactorHolder() {
    const holder = await aHolder()
    const { body } = await call<{ secret: string }>('POST', '/users/me/two-factor', undefined, holder.session)
    const code = generateSync({ secret: body.secret })
    await call('POST', '/users/me/two-factor/confirmation', { code }, holder.session)
    return holder
  }
  const challengeFor = async ({ user: { email } }: Session) =>
    (await identity.call<TwoFactorRequired>('POST', '/auth/login', { body: { email, password } })).body

  test('answers the challenge after the password', async () => {
    const { session, authenticator } = await aTwoFactorHolder()
    const asked = await challengeFor(session)
    expect(asked.methods).toEqual(['code', 'passkey', 'recovery_code'])
    const given = await options(asked.challenge)
    expect(given['allowCredentials']).toHaveLength(1)
    const proof = { passkey: authenticator.use(given) }
    const opened = await call<Session>('POST', '/auth/two-factor', { challenge: asked.challenge, proof })
    expect([opened.status, opened.body.user.id]).toEqual([200, session.user.id])
  })

  test('of somebody else does not', async () => {
    const { session } = await aTwoFactorHolder()
    const thief = await aHolder()
    const { challenge } = await challengeFor(session)
    const ours = await call('POST', '/auth/two-factor', {
      challenge,
      proof: { passkey: thief.authenticator.use(await options(challenge)) },
    })
    expect(ours.status).toBe(401)
    const free = await call('POST', '/auth/two-factor', {
      challenge,
      proof: { passkey: thief.authenticator.use(await options()) },
    })
    expect([free.status, free.body.code]).toEqual([401, 'wrong_second_factor'])
  })
})

describe('a passkey of an account that never proved its address', () => {
  const resetPassword = async (email: string) => {
    await call('POST', '/auth/request-password-reset', { email })
    const letter = (await identity.letters()).findLast(({ to }) => to === email)
    const token = /token=([\w-]+)/.exec(letter?.text ?? '')?.[1]
    expect(
      (await call('POST', '/auth/reset-password', { token, password: 'a new and long one' })).status,
    ).toBe(204)
  }

  test('opens it no more when the holder of the address takes it over', async () => {
    const { session, authenticator } = await aHolder()
    await resetPassword(session.user.email)
    expect((await logIn(authenticator.use(await options()))).body.code).toBe('passkey_refused')
  })

  test('stays when the address was proved before', async () => {
    const { session, authenticator } = await aHolder()
    await identity.tenancy.inSystem((tx) =>
      tx
        .updateTable('users')
        .set({ email_verified_at: new Date() })
        .where('id', '=', session.user.id)
        .execute(),
    )
    await resetPassword(session.user.email)
    expect((await logIn(authenticator.use(await options()))).status).toBe(200)
  })
})

describe('removing a passkey', () => {
  test('ends its use', async () => {
    const { session, authenticator, passkey } = await aHolder()
    expect((await call('DELETE', `/users/me/passkeys/${passkey.id}`, undefined, session)).status).toBe(204)
    expect((await logIn(authenticator.use(await options()))).status).toBe(401)
    expect((await call('DELETE', `/users/me/passkeys/${passkey.id}`, undefined, session)).status).toBe(404)
  })

  test('is refused for the last way in', async () => {
    const { session, passkey } = await aHolder()
    await identity.tenancy.inSystem((tx) =>
      tx.updateTable('users').set({ password_hash: null }).where('id', '=', session.user.id).execute(),
    )
    const refused = await call('DELETE', `/users/me/passkeys/${passkey.id}`, undefined, session)
    expect([refused.status, refused.body.code]).toEqual([409, 'last_way_in'])
    expect((await methods(session)).passkeys).toHaveLength(1)
  })
})
