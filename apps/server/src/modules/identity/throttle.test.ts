import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLimits } from '../../platform/limits/index.ts'
import { bearer, password, startIdentity, type Harness } from './testing/harness.ts'
import { createThrottle } from './throttle.ts'

let guessed: Harness
let busy: Harness
beforeAll(async () => {
  guessed = await startIdentity({ limits: { failures: 3 } })
  busy = await startIdentity({ limits: { perMinute: 10 } })
})
afterAll(async () => {
  await guessed?.stop()
  await busy?.stop()
})

const logIn = (email: string, attempt: string) =>
  guessed.call('POST', '/auth/login', { body: { email, password: attempt } })
const statuses = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status)

test('an account that is guessed at is closed for a while, even to the right password', async () => {
  const { email } = (await guessed.register()).body.user
  for (let attempt = 0; attempt < 3; attempt += 1)
    expect((await logIn(email, `guess number ${attempt}`)).status).toBe(401)
  const closed = await logIn(email, password)
  expect([closed.status, closed.body.code]).toEqual([429, 'too_many_failures'])
  expect(Number(closed.headers['retry-after'])).toBeGreaterThan(0)
})

test('an address without an account is closed in the same way', async () => {
  const answers = []
  for (let attempt = 0; attempt < 4; attempt += 1) answers.push(await logIn('ghost@example.com', 'a guess'))
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429])
})

test('a right password counts for nothing and wipes out mistakes', async () => {
  const { email } = (await guessed.register()).body.user
  expect(new Set(await statuses(Array.from({ length: 6 }, () => logIn(email, password))))).toEqual(
    new Set([200]),
  )
  for (const attempt of ['wrong one', 'wrong two', password, 'wrong three', 'wrong four', password])
    expect((await logIn(email, attempt)).status).toBe(attempt === password ? 200 : 401)
})

test('guesses made at the same moment do not slip through beside each other', async () => {
  const { email } = (await guessed.register()).body.user
  const answers = await statuses(Array.from({ length: 9 }, (_, index) => logIn(email, `guess ${index}`)))
  expect(answers.filter((status) => status === 401)).toHaveLength(3)
  expect(answers.filter((status) => status === 429)).toHaveLength(6)
  expect((await logIn(email, password)).status).toBe(429)
})

test('an address has so many requests a minute, of which a registration takes four', async () => {
  const made = await busy.register()
  expect(made.status).toBe(201)
  expect(made.headers['ratelimit-policy']).toBe('"auth";q=10;w=60')
  expect(made.headers['ratelimit']).toMatch(/^"auth";r=6;t=\d+$/)
  expect((await busy.register()).status).toBe(201)
  const refused = await busy.register()
  expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await busy.call('GET', '/users/me', { headers: bearer(made.body) })).status).toBe(200)
})

describe('delays', () => {
  const environment = { redisUrl: undefined, quotas: { ip: null, user: null, organization: null, key: null } }
  const start = () =>
    createThrottle(createLimits({ environment, log: pino({ level: 'silent' }) }), { failures: 3 })
  const waitAfter = async (work: Promise<void>): Promise<number> =>
    work.then(
      () => 0,
      (problem: { extra: { retryAfterSeconds: number } }) => problem.extra.retryAfterSeconds,
    )

  test('double with each further failure, up to a day, and are told', async () => {
    vi.useFakeTimers()
    const throttle = start()
    const fail = () => waitAfter(throttle.countFailure('203.0.113.7', 'ada@example.com'))
    const closedFor = () => waitAfter(throttle.refuseAfterFailures('198.51.100.1', 'ada@example.com'))
    for (let failure = 0; failure < 3; failure += 1) expect(await fail()).toBe(0)
    const waits = [await closedFor()]
    for (let failure = 0; failure < 4; failure += 1) {
      await vi.advanceTimersByTimeAsync((waits.at(-1) ?? 0) * 1000 + 1)
      expect(await closedFor()).toBe(0)
      await fail()
      waits.push(await closedFor())
    }
    expect(waits).toEqual([60, 120, 240, 480, 960])
    vi.useRealTimers()
  })

  test('hold for a household of IPv6 as for one address, whatever account it tries', async () => {
    const throttle = start()
    for (let failure = 0; failure < 30; failure += 1)
      await throttle.countFailure(`2001:db8:1:2::${failure.toString(16)}`, `person${failure}@example.com`)
    const ask = (ip: string) => waitAfter(throttle.refuseAfterFailures(ip, 'nobody@example.com'))
    expect(await ask('2001:db8:1:2:ffff::1')).toBe(60)
    expect(await ask('2001:db8:1:3::1')).toBe(0)
  })
})
