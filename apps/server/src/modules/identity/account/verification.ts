/** Proving that an e-mail address belongs to the account: a link that only its mailbox gets. */
import type { Origin } from '../../../platform/actor.ts'
import type { Mail } from '../../../platform/mail/index.ts'
import type { Tenancy } from '../../../platform/tenancy.ts'
import type { PlatformTx } from '../sessions.ts'
import { countRecentTokens, makeAccountToken, takeAccountToken } from './account-tokens.ts'
import { linkExpired, tooManyMails } from './errors.ts'
import { findHolderByEmail, getHolder, noteProvedAddress } from './holders.ts'
import { addressTakenMail, verifyAddressMail } from './mails.ts'
import { auditAccount } from './notices.ts'

const mailsAnHour = 5

/**
 * Mails the link to a new account. Where the address has another holder, that one is told instead; the token is
 * made all the same, so both ways take the same statements, but it proves nothing.
 */
export async function mailVerification(
  tx: PlatformTx,
  mail: Mail,
  user_id: string,
  now_ms: number,
): Promise<void> {
  const account = await getHolder(tx, user_id)
  const holder = (await findHolderByEmail(tx, account.email)) ?? account
  const token = await makeAccountToken(tx, 'verify_email', account, now_ms)
  const { email: to, full_name, language } = holder
  await (holder.id === account.id
    ? mail.send(tx, {
        to,
        language,
        template: verifyAddressMail,
        values: { full_name, url: mail.link('/verify-email', { token }) },
      })
    : mail.send(tx, {
        to,
        language,
        template: addressTakenMail,
        values: { full_name, url: mail.link('/forgot-password') },
      }))
}

export async function resendVerification(
  tx: PlatformTx,
  mail: Mail,
  user_id: string,
  now_ms: number,
): Promise<void> {
  const { email_verified_at } = await getHolder(tx, user_id)
  if (email_verified_at !== null) return
  if ((await countRecentTokens(tx, 'verify_email', user_id, now_ms)) >= mailsAnHour) throw tooManyMails(3600)
  await mailVerification(tx, mail, user_id, now_ms)
}

type Parts = { tenancy: Pick<Tenancy, 'inSystem'> }

export async function verifyEmail(
  { tenancy }: Parts,
  token: string,
  origin: Origin,
  now_ms: number,
): Promise<void> {
  await tenancy.inSystem(async (tx) => {
    const taken = await takeAccountToken(tx, 'verify_email', token, now_ms)
    if (!taken || !(await noteProvedAddress(tx, taken, now_ms))) throw linkExpired()
    const person = await getHolder(tx, taken.user_id)
    await auditAccount(tx, person, origin, {
      action: 'user.email_verified',
      after: { email: taken.email },
    })
  })
}
