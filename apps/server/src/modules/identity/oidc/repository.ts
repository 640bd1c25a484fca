/** Accounts at providers that open accounts here. SQL only. */
import { newId } from '../../../platform/ids.ts'
import type { PlatformTx } from '../sessions.ts'

/** The one thing that tells a person at a provider from all others, for ever. */
export type IdentityKey = { provider: string; issuer: string; subject: string }
export type IdentityRow = Awaited<ReturnType<typeof listIdentities>>[number]

const columns = ['id', 'provider', 'email', 'created_at', 'last_used_at'] as const

export const listIdentities = (tx: PlatformTx, user_id: string) =>
  tx.selectFrom('identities').select(columns).where('user_id', '=', user_id).orderBy('id').execute()

/** Notes the use and answers whose it is; null when the person is not known here. */
export async function noteIdentityUse(
  tx: PlatformTx,
  { provider, issuer, subject }: IdentityKey,
  email: string | null,
  now_ms: number,
): Promise<string | null> {
  const row = await tx
    .updateTable('identities')
    .set({ email, last_used_at: new Date(now_ms) })
    .where('provider', '=', provider)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('user_id')
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** Undefined when it is linked already, to whomever. */
export const insertIdentity = (
  tx: PlatformTx,
  identity: IdentityKey & { user_id: string; email: string | null },
): Promise<IdentityRow | undefined> =>
  tx
    .insertInto('identities')
    .values({ id: newId(), ...identity })
    .onConflict((on) => on.columns(['provider', 'issuer', 'subject']).doNothing())
    .returning(columns)
    .executeTakeFirst()

export const deleteIdentity = (
  tx: PlatformTx,
  user_id: string,
  id: string,
): Promise<IdentityRow | undefined> =>
  tx
    .deleteFrom('identities')
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .returning(columns)
    .executeTakeFirst()
