/**
 * How often the doors may be tried. Requests count by address; log-ins count only when they fail, by account
 * and by address, so a right password is never refused for being used often. After a few failures each further
 * one closes the account for twice as long as the one before, up to a day; the same for an address that fails
 * with many accounts. Counted in Redis where REDIS_URL is set, else in each process by itself.
 */
import type { FastifyReply } from 'fastify'
import { RateLimiterRes, type Limiter, type Limits } from '../../platform/limits/index.ts'
import { subscriberOf } from '../../platform/network.ts'
import { tooManyFailures, tooManyRequests } from './errors.ts'

export type IdentityLimits = {
  /** Requests to the authentication routes, but for those of a session that stands, by address and minute; a registration counts as four. */
  perMinute?: number
  /** Failed log-ins of an account in a day that close nothing; an address has ten times as many. */
  failures?: number
}

const firstDelay_s = 60
const day_s = 24 * 3600
const costOfRegistration = 4
/** Sign-ups with addresses that have an account: a person errs now and then, a list of addresses is long. */
const takenADay = 5

export type Throttle = ReturnType<typeof createThrottle>

export function createThrottle(
  { limiter }: Pick<Limits, 'limiter'>,
  { perMinute = 120, failures = 10 }: IdentityLimits = {},
) {
  const requests = limiter({ name: 'auth:requests', points: perMinute, duration_s: 60 })
  const account = guard(limiter, 'auth:account', failures)
  const address = guard(limiter, 'auth:address', failures * 10)
  const taken = limiter({ name: 'auth:taken', points: Math.max(takenADay, failures), duration_s: day_s })

  async function countRequest(ip: string, reply: FastifyReply, cost = 1): Promise<void> {
    try {
      announce(reply, perMinute, await requests.consume(subscriberOf(ip), cost))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      announce(reply, perMinute, refusal)
      throw tooManyRequests(secondsOf(refusal))
    }
  }

  return {
    countRequest,

    /** Asked before anything is looked up: whoever has tried too many taken addresses gets no answer at all. */
    async countRegistration(ip: string, reply: FastifyReply): Promise<void> {
      await countRequest(ip, reply, costOfRegistration)
      const tried = await taken.get(subscriberOf(ip))
      if (tried && tried.consumedPoints >= taken.points) throw tooManyRequests(secondsOf(tried))
    },
    countTaken: async (ip: string): Promise<void> => void (await taken.penalty(subscriberOf(ip))),

    /** Asked before a password is checked and again after: guesses that ran beside each other count too. */
    async refuseAfterFailures(ip: string, email: string): Promise<void> {
      const waits = await Promise.all([account.wait_s(email), address.wait_s(subscriberOf(ip))])
      const wait_s = Math.max(...waits)
      if (wait_s > 0) throw tooManyFailures(wait_s)
    },

    /** Throws when the failure is one more than the account has. */
    async countFailure(ip: string, email: string): Promise<void> {
      const [wait_s] = await Promise.all([account.fail(email), address.fail(subscriberOf(ip))])
      if (wait_s > 0) throw tooManyFailures(wait_s)
    },

    forgiveAccount: (email: string): Promise<void> => account.forgive(email),
  }
}

/** Counts failures by key, and closes the key for ever longer once there were too many. */
function guard(limiter: Limits['limiter'], name: string, free: number) {
  const failed: Limiter = limiter({ name: `${name}:failures`, points: free, duration_s: day_s })
  const closed: Limiter = limiter({ name: `${name}:closed`, points: 1, duration_s: day_s })

  async function wait_s(key: string): Promise<number> {
    const state = await closed.get(key)
    return state && state.consumedPoints > 0 ? secondsOf(state) : 0
  }

  return {
    wait_s,

    /** Answers the wait when the failure came while the key was, or ought to have been, closed already. */
    async fail(key: string): Promise<number> {
      const { consumedPoints: failures } = await failed.penalty(key)
      if (failures < free) return 0
      const before_s = await wait_s(key)
      if (before_s > 0) return before_s
      const delay_s = Math.min(firstDelay_s * 2 ** (failures - free), day_s)
      await closed.block(key, delay_s)
      return failures > free ? delay_s : 0
    },

    async forgive(key: string): Promise<void> {
      await Promise.all([failed.delete(key), closed.delete(key)])
    },
  }
}

const secondsOf = (state: RateLimiterRes) => Math.max(1, Math.ceil(state.msBeforeNext / 1000))

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
function announce(reply: FastifyReply, quota: number, state: RateLimiterRes): void {
  void reply.header('ratelimit-policy', `"auth";q=${quota};w=60`)
  void reply.header('ratelimit', `"auth";r=${state.remainingPoints};t=${secondsOf(state)}`)
}
