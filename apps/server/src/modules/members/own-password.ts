/** Proof that the person at the screen is the one who logged in: their password, a few tries an hour. */
import { RateLimiterRes, type Limits } from '../../platform/limits/index.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { verifyPassword } from '../identity/index.ts'
import { tooManyAttempts, withoutPassword, wrongPassword } from './problems.ts'

export function createPasswordCheck(limits: Pick<Limits, 'limiter'>) {
  const attempts = limits.limiter({ name: 'own-password', points: 10, duration_s: 3600 })

  return async (inSystem: Tenancy['inSystem'], user_id: string, password: string): Promise<void> => {
    try {
      await attempts.consume(user_id)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw tooManyAttempts(Math.ceil(refusal.msBeforeNext / 1000))
    }
    const user = await inSystem((tx) =>
      tx.selectFrom('users').select('password_hash').where('id', '=', user_id).executeTakeFirst(),
    )
    if (user && user.password_hash === null) throw withoutPassword()
    if (!(await verifyPassword(user?.password_hash, password))) throw wrongPassword()
    await attempts.delete(user_id)
  }
}
