/** What signing up tells of an address, with and without a mail server (docs/decisions/0011-accounts.md). */
import type * as Argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bearer, startIdentity, type Harness } from '../testing/harness.ts'

const hashing = vi.hoisted(() => ({ computations: 0 }))
vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof Argon2>()
  const counted =
    <Values extends unknown[], Answer>(compute: (...values: Values) => Answer) =>
    (...values: Values): Answer => {
      hashing.computations += 1
      return compute(...values)
    }
  return { ...argon2, hash: counted(argon2.hash), verify: counted(argon2.verify) }
})

let mailing: Harness
let silent: Harness
beforeAll(async () => {
  mailing = await startIdentity({ smtp: true })
  silent = await startIdentity({ limits: { perMinute: 100_000, failures: 4 } })
})
afterAll(async () => {
  await mailing?.stop()
  await silent?.stop()
})

const shapeOf = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
    : value === null
      ? null
      : typeof value

const tokenIn = (text = '') => /#token=([\w-]+)/.exec(text)?.[1] ?? ''

describe('with a mail server', () => {
  const lettersTo = async (email: string) => (await mailing.letters()).filter(({ to }) => to === email)

  test('signing up with a taken address answers and works as with a free one', async () => {
    const holder = await mailing.register({ full_name: 'The Holder' })
    const { email } = holder.body.user
    const [free, taken] = [await mailing.register(), await mailing.register({ email })]
    expect([taken.status, shapeOf(taken.body)]).toEqual([free.status, shapeOf(free.body)])
    expect(taken.body.user.email).toBe(email)
    for (const { body } of [free, taken]) {
      expect((await mailing.me(bearer(body))).body.user.email_verified_at).toBeNull()
      const resent = await mailing.call('POST', '/auth/resend-verification', { headers: bearer(body) })
      expect(resent.status).toBe(202)
      const again = await mailing.logIn(body.user.email)
      expect([again.status, again.body.code]).toEqual([401, 'wrong_credentials'])
    }
  })

  test('and sends the same statements to the database', async () => {
    const { email } = (await mailing.register()).body.user
    const free = await mailing.statementsOf(async () => void (await mailing.register()))
    const taken = await mailing.statementsOf(async () => void (await mailing.register({ email })))
    expect(taken).toEqual(free)
  })

  test('only the mailbox learns of it', async () => {
    const holder = await mailing.register({ full_name: 'The Holder', language: 'pt-BR' })
    const { email } = holder.body.user
    await mailing.register({ email, full_name: 'Somebody' })
    const letters = await lettersTo(email)
    expect(letters.map(({ subject }) => subject)).toEqual([
      'Confirme seu endereço de e-mail',
      'Você já tem uma conta no Rapport',
    ])
    expect(letters[1]?.text).toContain('Olá, The Holder!')
    expect(letters[1]?.text).not.toContain('token=')
  })

  test('the account that was made can neither prove the address nor get at the holder', async () => {
    const holder = await mailing.register({ full_name: 'The Holder' })
    const { email } = holder.body.user
    const intruder = await mailing.register({ email, password: 'the intruder knows this' })
    await mailing.call('POST', '/auth/verify-email', {
      body: { token: tokenIn((await lettersTo(email))[0]?.text) },
    })
    expect((await mailing.me(bearer(holder.body))).body.user.email_verified_at).not.toBeNull()
    expect((await mailing.me(bearer(intruder.body))).body.user.email_verified_at).toBeNull()
    expect((await mailing.logIn(email)).body.user.id).toBe(holder.body.user.id)
    expect((await mailing.logIn(email, { password: 'the intruder knows this' })).status).toBe(401)
    await mailing.call('POST', '/auth/request-password-reset', { body: { email } })
    const token = tokenIn((await lettersTo(email)).at(-1)?.text)
    const next = { token, password: 'a new horse for the holder' }
    expect((await mailing.call('POST', '/auth/reset-password', { body: next })).status).toBe(204)
    expect((await mailing.logIn(email, { password: next.password })).body.user.id).toBe(holder.body.user.id)
    expect((await mailing.me(bearer(intruder.body))).status).toBe(200)
  })
})

describe('without one', () => {
  test('a taken address is told, and whoever tries a list of them is stopped', async () => {
    const { email } = (await silent.register()).body.user
    const answers = []
    for (let attempt = 0; attempt < 6; attempt += 1) answers.push((await silent.register({ email })).status)
    expect(answers).toEqual([409, 409, 409, 409, 409, 429])
    expect((await silent.register()).status).toBe(429)
  })

  test('nobody is locked out for an address that they cannot prove', async () => {
    const { email } = (await mailing.register()).body.user
    expect(email).not.toBe('')
    const other = await startIdentity()
    const made = await other.register()
    expect((await other.logIn(made.body.user.email)).status).toBe(200)
    await other.stop()
  })
})

test('log-in does the same hashing and sends the same statements for unknown addresses and wrong passwords', async () => {
  const other = await startIdentity()
  const { email } = (await other.register()).body.user
  await other.logIn(email)
  const attempt = async (address: string) => {
    const before = hashing.computations
    const statements = await other.statementsOf(async () => {
      const { status } = await other.logIn(address, { password: 'not the password' })
      expect(status).toBe(401)
    })
    return { statements, computations: hashing.computations - before }
  }
  expect(await attempt('nobody@example.com')).toEqual(await attempt(email))
  await other.stop()
})
