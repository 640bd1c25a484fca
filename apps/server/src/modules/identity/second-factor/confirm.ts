/** Proving again who one is, within a session: by password, by a code, or by a passkey. */
import type { PasskeyAssertion } from '@rapport/contracts'
import { Problem } from '../../../platform/problems.ts'
import { getHolder } from '../account/holders.ts'
import { verifyPasskey } from '../passkeys/ceremony.ts'
import type { RelyingParty } from '../passkeys/relying-party.ts'
import { verifyPassword } from '../passwords.ts'
import type { SignIn } from '../sign-in.ts'
import { proveByCode, throttleKey } from './answer.ts'
import { noteConfirmation } from './confirmation.ts'
import { wrongProof } from './errors.ts'
import type { Caller } from './routes.ts'

type Proof = {
  password?: string | undefined
  code?: string | undefined
  passkey?: PasskeyAssertion | undefined
}

export async function confirmIdentity(
  parts: SignIn,
  site: RelyingParty,
  { user_id, session_id, origin }: Caller,
  proof: Proof,
): Promise<void> {
  const { tenancy, access, throttle } = parts
  const ip = origin.ip ?? ''
  const key = proof.password === undefined ? throttleKey(user_id) : await emailOf(parts, user_id)
  await throttle.refuseAfterFailures(ip, key)
  if (!(await isProved(parts, site, user_id, proof))) {
    await throttle.countFailure(ip, key)
    throw wrongProof()
  }
  await tenancy.inSystem((tx) => noteConfirmation(tx, session_id, access.now()))
}

/** Guesses at the password count together with those at the log-in. */
const emailOf = async ({ tenancy }: SignIn, user_id: string): Promise<string> =>
  (await tenancy.inSystem((tx) => getHolder(tx, user_id))).email

/** Null for a passkey that is refused: within a session that is a wrong proof, not the end of the session. */
async function whoseIs(parts: SignIn, site: RelyingParty, passkey: PasskeyAssertion): Promise<string | null> {
  try {
    return (await verifyPasskey({ ...parts, now: parts.access.now }, site, passkey)).user_id
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

async function isProved(
  parts: SignIn,
  site: RelyingParty,
  user_id: string,
  { password, code, passkey }: Proof,
): Promise<boolean> {
  const { tenancy, access } = parts
  if (passkey) return (await whoseIs(parts, site, passkey)) === user_id
  if (password !== undefined) {
    const { password_hash } = await tenancy.inSystem((tx) => getHolder(tx, user_id))
    return verifyPassword(password_hash, password)
  }
  return tenancy.inSystem(
    async (tx) => (await proveByCode(tx, parts, user_id, { code }, access.now())) !== null,
  )
}
