/** Whether a log-in must answer for a second factor, and the challenge that carries it to the answer. */
import type { TwoFactorRequired } from '@rapport/contracts'
import type { PlatformTx } from '../sessions.ts'
import { beginStep } from '../sign-in-steps.ts'
import { hashSecret } from '../tokens.ts'
import { countRecoveryCodes } from './recovery-codes.ts'

/** Null where the account has two-factor off. */
export async function askSecondFactor(
  tx: PlatformTx,
  user_id: string,
  organization_id: string,
  now_ms: number,
): Promise<TwoFactorRequired | null> {
  const account = await findTwoFactorAccount(tx, user_id)
  if (!account) return null
  const [codes_left, passkey] = await Promise.all([
    countRecoveryCodes(tx, user_id),
    tx.selectFrom('passkeys').select('id').where('user_id', '=', user_id).executeTakeFirst(),
  ])
  const data = { password: account.password_mark }
  const challenge = await beginStep(tx, { kind: 'two_factor', user_id, organization_id, data }, now_ms)
  return {
    two_factor_required: true,
    challenge,
    methods: [
      'code',
      ...(passkey ? (['passkey'] as const) : []),
      ...(codes_left > 0 ? (['recovery_code'] as const) : []),
    ],
  }
}

/**
 * Whose two-factor is on. The mark ties a challenge to the password that it was given for: after a change of the
 * password an open challenge is worth nothing.
 */
export async function findTwoFactorAccount(tx: PlatformTx, user_id: string) {
  const row = await tx
    .selectFrom('second_factors')
    .innerJoin('users', 'users.id', 'second_factors.user_id')
    .select('users.password_hash')
    .where('second_factors.user_id', '=', user_id)
    .where('second_factors.confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row ? { password_mark: markOf(row.password_hash) } : null
}

const markOf = (password_hash: string | null) => hashSecret(password_hash ?? '').toString('base64url')
