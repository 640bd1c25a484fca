/** The answer to the question for the second factor: a code, a recovery code, or a passkey. */
import type { PasskeyAssertion } from '@rapport/contracts'
import type { Origin } from '../../../platform/actor.ts'
import { admit, answerAdmission, findPlace, type Opened } from '../logins.ts'
import { verifyPasskey } from '../passkeys/ceremony.ts'
import type { RelyingParty } from '../passkeys/relying-party.ts'
import type { Client, PlatformTx, SessionFactor } from '../sessions.ts'
import { takeStep, tryStep } from '../sign-in-steps.ts'
import type { SignIn } from '../sign-in.ts'
import { auditLogInRefused } from '../session-log.ts'
import { getUser } from '../users.ts'
import { challengeEnded, wrongSecondFactor } from './errors.ts'
import { tellHolder } from './notice.ts'
import { findTwoFactorAccount } from './question.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { acceptCode } from './totp.ts'

export type SecondFactorProof = {
  code?: string | undefined
  recovery_code?: string | undefined
  passkey?: PasskeyAssertion | undefined
}
type Answer = { challenge: string; proof: SecondFactorProof }

/** Codes are throttled by person, apart from passwords: a forgotten phone must not block the password. */
export const throttleKey = (user_id: string) => `second factor of ${user_id}`

export async function answerSecondFactor(
  parts: SignIn,
  site: RelyingParty,
  { challenge, proof }: Answer,
  client: Client,
): Promise<Opened> {
  const { tenancy, access, throttle, mail } = parts
  const now_ms = access.now()
  // Committed before the proof is looked at, so that no refusal undoes the count.
  const step = await tenancy.inSystem((tx) => tryStep(tx, 'two_factor', challenge, now_ms))
  if (!step?.user_id) throw challengeEnded()
  const { user_id, organization_id } = step
  await throttle.refuseAfterFailures(client.ip, throttleKey(user_id))
  const by_passkey =
    proof.passkey && (await verifyPasskey({ ...parts, now: access.now }, site, proof.passkey))

  const admission = await tenancy.inSystem(async (tx) => {
    const account = await findTwoFactorAccount(tx, user_id)
    if (account?.password_mark !== step.data['password']) throw challengeEnded()
    const factor =
      by_passkey?.user_id === user_id ? 'passkey' : await proveByCode(tx, parts, user_id, proof, now_ms)
    if (factor === null) return null
    if (!(await takeStep(tx, 'two_factor', challenge, now_ms))) throw challengeEnded()
    if (factor === 'recovery_code')
      await tellHolder(tx, mail, { user_id, origin: originFrom(client) }, { action: 'two_factor.code_used' })
    const place = await findPlace(tx, user_id, organization_id)
    return admit(tx, access, await getUser(tx, user_id), place, client, factor)
  })
  if (!admission) {
    const person = await tenancy.inSystem((tx) => getUser(tx, user_id))
    auditLogInRefused(parts, person, client, 'wrong_second_factor')
    await throttle.countFailure(client.ip, throttleKey(user_id))
    throw wrongSecondFactor()
  }
  await throttle.forgiveAccount(throttleKey(user_id))
  return answerAdmission(access, admission) as Promise<Opened>
}

const originFrom = ({ ip, user_agent, request_id }: Client): Origin => ({
  ip,
  user_agent,
  request_id: request_id ?? null,
})

/** Which of the two proved it, or null; the code is used up. */
export async function proveByCode(
  tx: PlatformTx,
  { secrets }: Pick<SignIn, 'secrets'>,
  user_id: string,
  { code, recovery_code }: Omit<SecondFactorProof, 'passkey'>,
  now_ms: number,
): Promise<SessionFactor> {
  if (code !== undefined)
    return (await acceptCode(tx, secrets, { user_id, confirmed: true }, code, now_ms)) ? 'totp' : null
  if (recovery_code !== undefined)
    return (await takeRecoveryCode(tx, user_id, recovery_code, now_ms)) ? 'recovery_code' : null
  return null
}
