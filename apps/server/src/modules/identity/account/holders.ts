/** The people behind accounts, as the account routes need them. SQL only. */
import { sql } from 'kysely'
import type { PlatformTx } from '../sessions.ts'

const columns = ['id', 'email', 'full_name', 'language', 'security_mails', 'password_hash'] as const

export type Holder = Awaited<ReturnType<typeof getHolder>>

export const getHolder = (tx: PlatformTx, user_id: string) =>
  tx
    .selectFrom('users')
    .select([...columns, 'email_verified_at', 'claims_email'])
    .where('id', '=', user_id)
    .executeTakeFirstOrThrow()

/** The holder by the address that they, and nobody else, can prove. */
export const findHolderByEmail = (tx: PlatformTx, email: string) =>
  tx
    .selectFrom('users')
    .select([...columns, 'email_verified_at', 'claims_email'])
    .where('email', '=', email)
    .where(sql<boolean>`claims_email`)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

/** Notes that the account's address was proved, unless it is another by now; false when it is not theirs. */
export async function noteProvedAddress(
  tx: PlatformTx,
  { user_id, email }: { user_id: string; email: string },
  now_ms: number,
): Promise<boolean> {
  const row = await tx
    .updateTable('users')
    .set({ email_verified_at: sql`coalesce(email_verified_at, ${new Date(now_ms)})` })
    .where('id', '=', user_id)
    .where('email', '=', email)
    .where(sql<boolean>`claims_email`)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setPasswordHash(tx: PlatformTx, user_id: string, password_hash: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash, updated_at: new Date() })
    .where('id', '=', user_id)
    .execute()
}

/** The organizations whose logs tell of what happens to this account. */
export async function organizationsOf(tx: PlatformTx, user_id: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('memberships')
    .select('organization_id')
    .where('user_id', '=', user_id)
    .where('deactivated_at', 'is', null)
    .orderBy('organization_id')
    .execute()
  return rows.map(({ organization_id }) => organization_id)
}
