/**
 * How often the doors may be tried. Requests count by address; log-ins count only when they fail, by account
 * and by address, so a right password is never refused for being used often. An account that is guessed at
 * is blocked for a time that doubles. Counted in this process: each process adds its own allowance.
 */
import type { FastifyReply } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { tooManyFailures, tooManyRequests } from './errors.ts'

export type IdentityLimits = {
  /** Requests to the authentication routes, by address and minute; a registration counts as four. */
  perMinute?: number
  /** Failed log-ins of an account in a quarter of an hour, before it is blocked; an address has ten times as many. */
  failures?: number
}

const quarter_s = 15 * 60
const day_s = 24 * 3600
const costOfRegistration = 4

export type Throttle = ReturnType<typeof createThrottle>

export function createThrottle({ perMinute = 120, failures = 10 }: IdentityLimits = {}) {
  const requests = new RateLimiterMemory({ points: perMinute, duration: 60 })
  const byAccount = new RateLimiterMemory({ points: failures, duration: quarter_s })
  const byAddress = new RateLimiterMemory({ points: failures * 10, duration: quarter_s })
  const blocks = new RateLimiterMemory({ points: 1, duration: day_s })

  async function countRequest(ip: string, reply: FastifyReply, cost = 1): Promise<void> {
    try {
      announce(reply, perMinute, await requests.consume(ip, cost))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      announce(reply, perMinute, refusal)
      throw tooManyRequests(secondsOf(refusal))
    }
  }

  return {
    countRequest,
    countRegistration: (ip: string, reply: FastifyReply) => countRequest(ip, reply, costOfRegistration),

    /** Asked before a password is checked and again after: guesses that ran beside each other count too. */
    async refuseAfterFailures(ip: string, email: string): Promise<void> {
      const [account, address] = await Promise.all([byAccount.get(email), byAddress.get(ip)])
      if (account && account.consumedPoints >= failures) throw tooManyFailures(secondsOf(account))
      if (address && address.consumedPoints >= failures * 10) throw tooManyFailures(secondsOf(address))
    },

    /** Throws when the failure is one more than the account has. */
    async countFailure(ip: string, email: string): Promise<void> {
      const [account] = await Promise.all([byAccount.penalty(email), byAddress.penalty(ip)])
      if (account.consumedPoints > failures) throw tooManyFailures(secondsOf(account))
      if (account.consumedPoints < failures) return
      const { consumedPoints: times } = await blocks.penalty(email)
      await byAccount.block(email, Math.min(quarter_s * 2 ** (times - 1), day_s))
    },

    async forgiveAccount(email: string): Promise<void> {
      await Promise.all([byAccount.delete(email), blocks.delete(email)])
    },
  }
}

const secondsOf = (state: RateLimiterRes) => Math.max(1, Math.ceil(state.msBeforeNext / 1000))

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
function announce(reply: FastifyReply, quota: number, state: RateLimiterRes): void {
  void reply.header('ratelimit-policy', `"auth";q=${quota};w=60`)
  void reply.header('ratelimit', `"auth";r=${state.remainingPoints};t=${secondsOf(state)}`)
}
