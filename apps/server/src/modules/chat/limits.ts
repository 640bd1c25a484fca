/** Nobody reads what is written faster than this, person or program. */
import { RateLimiterRes, type Limits } from '../../platform/limits/index.ts'
import { tooMany } from '../../platform/problems.ts'

const points = 120
const duration_s = 10

export type CountMessage = (organization_id: string, user_id: string | null) => Promise<void>

/** Throws a 429 when it would be one too many of this member. */
export function createMessageLimit(limits: Pick<Limits, 'limiter'>): CountMessage {
  const perMember = limits.limiter({ name: 'chat-messages', points, duration_s })
  return async (organization_id, user_id) => {
    try {
      await perMember.consume(`${organization_id} ${user_id}`)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      const wait_s = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
      throw tooMany('too_many_messages', `You can send ${points} messages in ${duration_s} seconds.`, wait_s)
    }
  }
}
