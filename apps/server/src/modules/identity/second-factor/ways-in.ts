/** The ways into an account, of which the last one stays. */
import type { LinkedIdentity, SignInMethods } from '@rapport/contracts'
import { conflict } from '../../../platform/problems.ts'
import { listIdentities } from '../oidc/repository.ts'
import { listPasskeys } from '../passkeys/repository.ts'
import type { PlatformTx } from '../sessions.ts'
import { countRecoveryCodes } from './recovery-codes.ts'
import { findTotp } from './totp.ts'

export async function listSignInMethods(tx: PlatformTx, user_id: string): Promise<SignInMethods> {
  const [password, totp, recovery_codes_left, passkeys, identities] = await Promise.all([
    hasPassword(tx, user_id),
    findTotp(tx, user_id),
    countRecoveryCodes(tx, user_id),
    listPasskeys(tx, user_id),
    listIdentities(tx, user_id),
  ])
  return {
    password,
    two_factor: { enabled_at: totp?.confirmed_at ?? null, recovery_codes_left },
    passkeys,
    identities: identities as LinkedIdentity[],
  }
}

/**
 * Throws a 409 unless a way in is left, after one was taken away in this transaction. The person's row is locked,
 * so that of two that are taken away at once the second sees the first.
 */
export async function requireWayIn(tx: PlatformTx, user_id: string): Promise<void> {
  const [password, passkeys, identities] = await Promise.all([
    hasPassword(tx, user_id),
    listPasskeys(tx, user_id),
    listIdentities(tx, user_id),
  ])
  if (!password && passkeys.length === 0 && identities.length === 0)
    throw conflict('last_way_in', 'This is the only way into the account. Add another one first.')
}

/**
 * Everything but the password that opens an account. Somebody may have signed up with an address that is not theirs
 * and left themselves a way in for the day on which its holder takes the account over.
 */
export async function removeUnprovedWaysIn(tx: PlatformTx, user_id: string): Promise<void> {
  for (const table of ['second_factors', 'recovery_codes', 'passkeys', 'identities'] as const)
    await tx.deleteFrom(table).where('user_id', '=', user_id).execute()
}

export async function lockPerson(tx: PlatformTx, user_id: string): Promise<void> {
  await tx.selectFrom('users').select('id').where('id', '=', user_id).forUpdate().execute()
}

async function hasPassword(tx: PlatformTx, user_id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', user_id)
    .executeTakeFirst()
  return row?.password_hash != null
}
