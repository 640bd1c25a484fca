/** Changing one's own password, and proving by it that one is the holder. */
import type { Origin } from '../../../platform/actor.ts'
import type { SessionIdentity } from '../../../platform/http/route.ts'
import type { Mail } from '../../../platform/mail/index.ts'
import type { Tenancy } from '../../../platform/tenancy.ts'
import type { IdentityAccess } from '../access.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { revokeSessionsOf } from '../sessions.ts'
import type { Throttle } from '../throttle.ts'
import { deleteAccountTokens } from './account-tokens.ts'
import { samePassword, withoutPassword, wrongPassword } from './errors.ts'
import { getHolder, setPasswordHash, type Holder } from './holders.ts'
import { passwordChangedMail } from './mails.ts'
import { auditAccount, notifyHolder } from './notices.ts'
import { requireUncommon } from './password-strength.ts'

type Parts = { tenancy: Pick<Tenancy, 'inSystem'>; access: IdentityAccess; throttle: Throttle; mail: Mail }

/** Answers the holder when this is their password. Guesses count as failed log-ins do. */
export async function requirePassword(
  { tenancy, throttle }: Pick<Parts, 'tenancy' | 'throttle'>,
  user_id: string,
  password: string,
  { ip, path }: { ip: string; path: 'current_password' | 'password' },
): Promise<Holder> {
  const holder = await tenancy.inSystem((tx) => getHolder(tx, user_id))
  if (holder.password_hash === null) throw withoutPassword()
  await throttle.refuseAfterFailures(ip, holder.email)
  const right = await verifyPassword(holder.password_hash, password)
  await throttle.refuseAfterFailures(ip, holder.email)
  if (right) return holder
  await throttle.countFailure(ip, holder.email)
  throw wrongPassword(path)
}

export async function changePassword(
  parts: Parts,
  { user_id, session_id }: Pick<SessionIdentity, 'user_id' | 'session_id'>,
  { current_password, password }: { current_password: string; password: string },
  origin: Origin & { ip: string },
): Promise<void> {
  const { tenancy, access, mail } = parts
  const holder = await requirePassword(parts, user_id, current_password, {
    ip: origin.ip,
    path: 'current_password',
  })
  if (password === current_password) throw samePassword()
  requireUncommon(password, [holder.email, holder.full_name])
  const password_hash = await hashPassword(password)
  const ended = await tenancy.inSystem(async (tx) => {
    await setPasswordHash(tx, user_id, password_hash)
    await deleteAccountTokens(tx, user_id, 'reset_password')
    await notifyHolder(tx, mail, user_id, {
      template: passwordChangedMail,
      path: '/forgot-password',
      origin,
      what: 'password_changed',
    })
    await auditAccount(tx, holder, origin, { action: 'user.password_changed' })
    return revokeSessionsOf(tx, user_id, access.now(), session_id)
  })
  for (const id of ended) access.forgetSession(id)
}
