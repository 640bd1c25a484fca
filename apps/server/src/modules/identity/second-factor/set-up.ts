/** Turning two-factor on and off, and making new recovery codes. */
import { toString as drawQrCode } from 'qrcode'
import { verifyPassword } from '../passwords.ts'
import type { PlatformTx } from '../sessions.ts'
import type { SignIn } from '../sign-in.ts'
import { getHolder } from '../account/holders.ts'
import { proveByCode, throttleKey, type SecondFactorProof } from './answer.ts'
import { requireFreshSession } from './confirmation.ts'
import { notBegun, twoFactorIsOff, twoFactorIsOn, wrongProof } from './errors.ts'
import { tellHolder } from './notice.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import type { Caller } from './routes.ts'
import { acceptCode, confirmTotp, findTotp, prepareTotp, removeTotp } from './totp.ts'

export async function beginTwoFactor({ tenancy, access, secrets }: SignIn, caller: Caller) {
  const { secret, otpauth_url } = await tenancy.inSystem(async (tx) => {
    await requireFreshSession(tx, caller, access.now())
    const known = await findTotp(tx, caller.user_id)
    if (known?.confirmed_at) throw twoFactorIsOn()
    return prepareTotp(tx, secrets, await getHolder(tx, caller.user_id))
  })
  const svg = await drawQrCode(otpauth_url, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' })
  return { secret, otpauth_url, qr_code: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
}

export async function enableTwoFactor(
  { tenancy, access, secrets, throttle, mail }: SignIn,
  caller: Caller,
  code: string,
): Promise<string[]> {
  const { user_id, session_id, origin } = caller
  await throttle.refuseAfterFailures(origin.ip ?? '', throttleKey(user_id))
  const codes = await tenancy.inSystem(async (tx) => {
    const known = await findTotp(tx, user_id)
    if (!known) throw notBegun()
    if (known.confirmed_at) throw twoFactorIsOn()
    if (!(await acceptCode(tx, secrets, { user_id, confirmed: false }, code, access.now()))) return null
    await confirmTotp(tx, user_id, access.now())
    // This session has just shown both factors.
    await setFactor(tx, { id: session_id }, 'totp')
    await tellHolder(tx, mail, caller, { action: 'two_factor.enabled' })
    return renewRecoveryCodes(tx, user_id)
  })
  if (!codes) return refuse(throttle, caller)
  access.forgetSession(session_id)
  return codes
}

type Farewell = { password?: string | undefined; proof: Omit<SecondFactorProof, 'passkey'> }

export async function disableTwoFactor(
  parts: SignIn,
  caller: Caller,
  { password, proof }: Farewell,
): Promise<void> {
  const { tenancy, access, throttle, mail } = parts
  const { user_id, origin } = caller
  await throttle.refuseAfterFailures(origin.ip ?? '', throttleKey(user_id))
  const holder = await tenancy.inSystem((tx) => getHolder(tx, user_id))
  const known = holder.password_hash === null || (await verifyPassword(holder.password_hash, password ?? ''))
  const ended = await tenancy.inSystem(async (tx) => {
    if (!(await findTotp(tx, user_id))?.confirmed_at) throw twoFactorIsOff()
    if (!known || (await proveByCode(tx, parts, user_id, proof, access.now())) === null) return null
    await removeTotp(tx, user_id)
    await tellHolder(tx, mail, caller, { action: 'two_factor.disabled' })
    return setFactor(tx, { user_id, by: ['totp', 'recovery_code'] }, null)
  })
  if (!ended) return refuse(throttle, caller)
  for (const id of ended) access.forgetSession(id)
}

export async function makeRecoveryCodes(
  { tenancy, access, mail }: SignIn,
  caller: Caller,
): Promise<string[]> {
  return tenancy.inSystem(async (tx) => {
    await requireFreshSession(tx, caller, access.now())
    if (!(await findTotp(tx, caller.user_id))?.confirmed_at) throw twoFactorIsOff()
    await tellHolder(tx, mail, caller, { action: 'two_factor.codes_renewed' })
    return renewRecoveryCodes(tx, caller.user_id)
  })
}

async function refuse(throttle: SignIn['throttle'], { user_id, origin }: Caller): Promise<never> {
  await throttle.countFailure(origin.ip ?? '', throttleKey(user_id))
  throw wrongProof()
}

type Which = { id: string } | { user_id: string; by: string[] }

/** What proved the person in these sessions; answers their ids. */
export async function setFactor(
  tx: PlatformTx,
  which: Which,
  second_factor: 'totp' | null,
): Promise<string[]> {
  const update = tx.updateTable('sessions').set({ second_factor }).returning('id')
  const rows = await (
    'id' in which
      ? update.where('id', '=', which.id)
      : update.where('user_id', '=', which.user_id).where('second_factor', 'in', which.by)
  ).execute()
  return rows.map(({ id }) => id)
}
