/** The authenticator app of a person: its secret, sealed at rest, and which code counts (RFC 6238). */
import { generateSecret, generateURI, verifySync } from 'otplib'
import { sealedColumn, type Secrets } from '../../../platform/secrets/index.ts'
import type { PlatformTx } from '../sessions.ts'

export const secondFactorSecrets = sealedColumn({
  purpose: 'two-factor secret',
  table: 'second_factors',
  column: 'secret_sealed',
  owner: 'user_id',
  key: [],
})

const issuer = 'Rapport'
const step_s = 30
/** One step before and one after: clocks differ, and typing takes a moment. */
const tolerance_s = step_s

/** A new secret that waits for its first code; an earlier one that was never confirmed is forgotten. */
export async function prepareTotp(
  tx: PlatformTx,
  secrets: Secrets,
  { id: user_id, email }: { id: string; email: string },
): Promise<{ secret: string; otpauth_url: string }> {
  const secret = generateSecret()
  const secret_sealed = secrets.seal(secondFactorSecrets.place({ user_id }), secret)
  await tx
    .insertInto('second_factors')
    .values({ user_id, secret_sealed })
    .onConflict((on) =>
      on.column('user_id').doUpdateSet({ secret_sealed, last_step: 0, created_at: new Date() }),
    )
    .execute()
  return { secret, otpauth_url: generateURI({ issuer, label: email, secret }) }
}

/**
 * Whether the code is right now and later than the last accepted one. It is then used up: the row stays locked
 * until the transaction ends, so the same code sent twice at once is accepted once.
 */
export async function acceptCode(
  tx: PlatformTx,
  secrets: Secrets,
  { user_id, confirmed }: { user_id: string; confirmed: boolean },
  code: string,
  now_ms: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('second_factors')
    .select(['secret_sealed', 'last_step'])
    .where('user_id', '=', user_id)
    .where('confirmed_at', confirmed ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  const epoch = Math.floor(now_ms / 1000)
  // A clock that was set back must not make the library throw; until it is there again no code is later.
  const newest = Math.floor((epoch + tolerance_s) / step_s)
  const result = verifySync({
    secret: secrets.open(secondFactorSecrets.place({ user_id }), row.secret_sealed),
    token: code,
    epoch,
    epochTolerance: tolerance_s,
    afterTimeStep: Math.min(row.last_step, newest),
  })
  if (!result.valid || !('timeStep' in result)) return false
  await tx
    .updateTable('second_factors')
    .set({ last_step: result.timeStep })
    .where('user_id', '=', user_id)
    .execute()
  return true
}

export async function findTotp(tx: PlatformTx, user_id: string) {
  return tx
    .selectFrom('second_factors')
    .select('confirmed_at')
    .where('user_id', '=', user_id)
    .executeTakeFirst()
}

export async function confirmTotp(tx: PlatformTx, user_id: string, now_ms: number): Promise<void> {
  await tx
    .updateTable('second_factors')
    .set({ confirmed_at: new Date(now_ms) })
    .where('user_id', '=', user_id)
    .execute()
}

export async function removeTotp(tx: PlatformTx, user_id: string): Promise<void> {
  await tx.deleteFrom('second_factors').where('user_id', '=', user_id).execute()
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute()
}
