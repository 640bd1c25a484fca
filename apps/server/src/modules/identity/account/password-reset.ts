/**
 * A way back in for who has lost the password. Asking does the same work for every address, known or not: it
 * queues a job. What the job finds out reaches only the mailbox.
 */
import type { Origin } from '../../../platform/actor.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import type { Mail } from '../../../platform/mail/index.ts'
import type { Secrets } from '../../../platform/secrets/index.ts'
import type { SystemTx, Tenancy } from '../../../platform/tenancy.ts'
import type { IdentityAccess } from '../access.ts'
import { hashPassword } from '../passwords.ts'
import { revokeSessionsOf } from '../sessions.ts'
import {
  countRecentTokens,
  deleteAccountTokens,
  makeAccountToken,
  takeAccountToken,
} from './account-tokens.ts'
import { linkExpired } from './errors.ts'
import { findHolderByEmail, getHolder, noteProvedAddress, setPasswordHash } from './holders.ts'
import { passwordChangedMail, resetPasswordMail } from './mails.ts'
import { auditAccount, notifyHolder } from './notices.ts'
import { removeUnprovedWaysIn } from '../second-factor/ways-in.ts'
import { requireUncommon } from './password-strength.ts'

const kind = 'identity.password-reset'
const mailsAnHour = 5
/** Addresses, also of people who have nothing to do with this installation, do not lie about in the queue. */
const place = { purpose: 'password reset request', owner: 'job', row: [] }

type Parts = {
  tenancy: Pick<Tenancy, 'inSystem'>
  jobs: Pick<Jobs, 'workSystem' | 'enqueueSystem'>
  secrets: Pick<Secrets, 'seal' | 'open'>
  mail: Mail
  access: IdentityAccess
}

export function passwordReset({ tenancy, jobs, secrets, mail, access }: Parts) {
  jobs.workSystem(kind, async ({ email }) => {
    if (!email) throw new Error('A request for a new password names an address.')
    const address = secrets.open(place, email)
    await tenancy.inSystem((tx) => mailReset(tx, mail, address, access.now()))
  })

  return {
    async request(email: string): Promise<void> {
      const sealed = secrets.seal(place, email)
      await tenancy.inSystem((tx) => jobs.enqueueSystem(tx, kind, { email: sealed }))
    },

    /** Sets the password and ends every session: whoever knew the old one is out. */
    async reset(token: string, password: string, origin: Origin): Promise<void> {
      requireUncommon(password)
      const password_hash = await hashPassword(password)
      const ended = await tenancy.inSystem(async (tx) => {
        const taken = await takeAccountToken(tx, 'reset_password', token, access.now())
        if (!taken) throw linkExpired()
        const holder = await getHolder(tx, taken.user_id)
        if (!(await noteProvedAddress(tx, taken, access.now()))) throw linkExpired()
        // Until now nobody had shown that the address is theirs: whoever made the account may be somebody else.
        if (holder.email_verified_at === null) await removeUnprovedWaysIn(tx, holder.id)
        requireUncommon(password, [holder.email, holder.full_name])
        await setPasswordHash(tx, holder.id, password_hash)
        await deleteAccountTokens(tx, holder.id, 'reset_password')
        const notice = {
          template: passwordChangedMail,
          path: '/forgot-password',
          origin,
          what: 'password_changed' as const,
        }
        await notifyHolder(tx, mail, holder.id, notice)
        await auditAccount(tx, holder, origin, { action: 'user.password_reset' })
        return revokeSessionsOf(tx, holder.id, access.now())
      })
      for (const id of ended) access.forgetSession(id)
    },
  }
}

async function mailReset(tx: SystemTx, mail: Mail, email: string, now_ms: number): Promise<void> {
  const holder = await findHolderByEmail(tx, email)
  if (!holder || (await countRecentTokens(tx, 'reset_password', holder.id, now_ms)) >= mailsAnHour) return
  const token = await makeAccountToken(tx, 'reset_password', holder, now_ms)
  const { full_name, language } = holder
  const values = { full_name, url: mail.link('/reset-password', { token }) }
  await mail.send(tx, { to: holder.email, language, template: resetPasswordMail, values })
}
