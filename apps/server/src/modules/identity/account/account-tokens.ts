/** What the links in mails to account holders carry: 256 random bits, kept as a hash, used once. SQL only. */
import type { PlatformTx } from '../sessions.ts'
import { hashSecret, newSecret } from '../tokens.ts'

export type TokenPurpose = 'verify_email' | 'reset_password'

const lives_ms: Record<TokenPurpose, number> = {
  verify_email: 3 * 24 * 3600_000,
  reset_password: 3600_000,
}

/** Answers the secret, which leaves the server in the mail and nowhere else. */
export async function makeAccountToken(
  tx: PlatformTx,
  purpose: TokenPurpose,
  { id: user_id, email }: { id: string; email: string },
  now_ms: number,
): Promise<string> {
  const secret = newSecret()
  const times = { created_at: new Date(now_ms), expires_at: new Date(now_ms + lives_ms[purpose]) }
  await tx
    .insertInto('account_tokens')
    .values({ token_hash: hashSecret(secret), user_id, purpose, email, ...times })
    .execute()
  return secret
}

/** Takes the token away and answers whose it is, or null when it is none any more. Of two takers one gets it. */
export async function takeAccountToken(
  tx: PlatformTx,
  purpose: TokenPurpose,
  secret: string,
  now_ms: number,
) {
  const row = await tx
    .deleteFrom('account_tokens')
    .where('token_hash', '=', hashSecret(secret))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', new Date(now_ms).toISOString())
    .returning(['user_id', 'email'])
    .executeTakeFirst()
  return row ?? null
}

/** How many were made for the account in the last hour: each was a mail to the same person. */
export async function countRecentTokens(
  tx: PlatformTx,
  purpose: TokenPurpose,
  user_id: string,
  now_ms: number,
): Promise<number> {
  const { made } = await tx
    .selectFrom('account_tokens')
    .select(({ fn }) => fn.countAll<number>().as('made'))
    .where('user_id', '=', user_id)
    .where('purpose', '=', purpose)
    .where('created_at', '>', new Date(now_ms - 3600_000).toISOString())
    .executeTakeFirstOrThrow()
  return Number(made)
}

export async function deleteAccountTokens(
  tx: PlatformTx,
  user_id: string,
  purpose: TokenPurpose,
): Promise<void> {
  await tx
    .deleteFrom('account_tokens')
    .where('user_id', '=', user_id)
    .where('purpose', '=', purpose)
    .execute()
}

export async function deleteExpiredAccountTokens(tx: PlatformTx, now_ms: number): Promise<void> {
  await tx.deleteFrom('account_tokens').where('expires_at', '<', new Date(now_ms).toISOString()).execute()
}
