import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { startRedis, type TestRedis } from '../testing/redis.ts'
import { createLimits, RateLimiterRes, type Limiter, type Limits } from './index.ts'
import { defaultQuotas, noQuotas } from './settings.ts'

const log = pino({ level: 'silent' })
const open: Limits[] = []
afterAll(() => open.forEach((limits) => limits.close()))

function limitsOf(variables: Record<string, string>): Limits {
  const environment = readEnvironment({ RAPPORT_SECRET: 'x'.repeat(32), NODE_ENV: 'test', ...variables })
  const limits = createLimits({ environment, log })
  open.push(limits)
  return limits
}

/** How many of `times` were let through. */
async function letThrough(limiter: Limiter, key: string, times: number): Promise<number> {
  let passed = 0
  for (let time = 0; time < times; time += 1)
    await limiter.consume(key).then(
      () => (passed += 1),
      (refusal: unknown) => expect(refusal).toBeInstanceOf(RateLimiterRes),
    )
  return passed
}

describe('RAPPORT_LIMITS', () => {
  const quotas = (text?: string) =>
    readEnvironment({ RAPPORT_SECRET: 'x'.repeat(32), ...(text ? { RAPPORT_LIMITS: text } : {}) }).quotas

  test('changes the kinds that it names and leaves the others', () => {
    expect(quotas()).toEqual(defaultQuotas)
    expect(quotas('user=10, key=off')).toEqual({ ...defaultQuotas, user: 10, key: null })
    expect(quotas('off')).toEqual(noQuotas)
  })

  test('that cannot be understood stops the start and says what is expected', () => {
    for (const wrong of ['user', 'user=0', 'users=5', 'ip=many', 'user=5;ip=3'])
      expect(() => quotas(wrong), wrong).toThrow(/RAPPORT_LIMITS: .* expected off, or requests a minute/)
  })
})

describe('without Redis', () => {
  test('a limiter lets through what it has, and then says how long to wait', async () => {
    const limiter = limitsOf({}).limiter({ name: 'test', points: 3, duration_s: 60 })
    expect(await letThrough(limiter, 'a', 5)).toBe(3)
    expect(await letThrough(limiter, 'b', 5)).toBe(3)
    await expect(limiter.consume('a')).rejects.toMatchObject({ msBeforeNext: expect.any(Number) as number })
  })

  test('a request is counted before anything else has its turn', async () => {
    const { user } = limitsOf({}).requests
    if (!user) throw new Error('Users are not counted.')
    const counted = user('busy').then(() => 'counted')
    expect(await Promise.race([counted, nextTurn('held up')])).toBe('counted')
  })
})

describe('with Redis', () => {
  let redis: TestRedis
  beforeAll(async () => void (redis = await startRedis()), 120_000)
  afterAll(() => redis?.kill())

  const connected = (limits: readonly Limits[]) =>
    vi.waitFor(() => Promise.all(limits.map(({ cache }) => cache.ping())), { timeout: 20_000 })

  async function twoProcesses(variables: Record<string, string> = {}): Promise<[Limits, Limits]> {
    const aProcess = () => limitsOf({ REDIS_URL: redis.url, ...variables })
    const pair: [Limits, Limits] = [aProcess(), aProcess()]
    await connected(pair)
    return pair
  }

  test('two processes share one limiter', async () => {
    const [one, other] = await twoProcesses()
    const options = { name: 'shared', points: 4, duration_s: 60 }
    const passed = await letThrough(one.limiter(options), 'a', 3)
    expect(passed + (await letThrough(other.limiter(options), 'a', 3))).toBe(4)
  })

  test('two processes share the count of requests soon after', async () => {
    const [one, other] = await twoProcesses({ RAPPORT_LIMITS: 'user=100' })
    for (let time = 0; time < 60; time += 1) await one.requests.user?.('shared')
    for (let time = 0; time < 10; time += 1) await other.requests.user?.('shared')
    // What this process has counted, each look included, and what it hears of the other one.
    let looks = 0
    const look = async () => {
      looks += 1
      expect(await other.requests.user?.('shared')).toMatchObject({ remaining: 30 - looks, refused: false })
    }
    await vi.waitFor(look, { timeout: 10_000, interval: 500 })
    for (let time = 0; time < 40; time += 1) await other.requests.user?.('shared')
    expect(await other.requests.user?.('shared')).toMatchObject({ remaining: 0, refused: true })
  })

  test('a limiter goes on counting here while Redis is down, and shares again when it is back', async () => {
    const [one, other] = await twoProcesses()
    const limiter = one.limiter({ name: 'insured', points: 3, duration_s: 60 })
    expect(await letThrough(limiter, 'before', 5)).toBe(3)
    await redis.kill()
    expect(await letThrough(limiter, 'during', 5)).toBe(3)
    await redis.restart()
    await connected([one, other])
    const again = { name: 'again', points: 2, duration_s: 60 }
    const passed = await letThrough(one.limiter(again), 'after', 2)
    expect(passed + (await letThrough(other.limiter(again), 'after', 2))).toBe(2)
  })
})
