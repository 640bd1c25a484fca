/** Invitations are mails to strangers in our name: an organization sends only so many, and to one address few. */
import { RateLimiterRes, type Limiter, type Limits } from '../../platform/limits/index.ts'
import type { Problem } from '../../platform/problems.ts'
import { addressHasBeenAsked, tooManyInvitations } from './problems.ts'

const day_s = 24 * 3600

export function createInvitationLimits(limits: Pick<Limits, 'limiter'>) {
  const perOrganization = limits.limiter({ name: 'invitations', points: 500, duration_s: day_s })
  const perAddress = limits.limiter({ name: 'invited-address', points: 5, duration_s: 3600 })

  /** Throws a 429 when it would be one too many. */
  return async (organization_id: string, email: string): Promise<void> => {
    await consume(perOrganization, organization_id, tooManyInvitations)
    await consume(perAddress, `${organization_id} ${email}`, addressHasBeenAsked)
  }
}

async function consume(
  limiter: Limiter,
  key: string,
  refuse: (retryAfterSeconds: number) => Problem,
): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw refuse(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
  }
}
