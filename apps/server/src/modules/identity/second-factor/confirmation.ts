/**
 * A session that was left open must not be enough to change the ways in (OWASP ASVS 5, 7.5.1): such changes ask
 * for the log-in itself, or another proof of the person, within a quarter of an hour.
 */
import type { PlatformTx } from '../sessions.ts'
import { confirmationRequired } from './errors.ts'

const fresh_ms = 15 * 60_000

export async function requireFreshSession(
  tx: PlatformTx,
  { session_id }: { session_id: string },
  now_ms: number,
): Promise<void> {
  const { created_at, confirmed_at } = await tx
    .selectFrom('sessions')
    .select(['created_at', 'confirmed_at'])
    .where('id', '=', session_id)
    .executeTakeFirstOrThrow()
  if (Date.parse(confirmed_at ?? created_at) < now_ms - fresh_ms) throw confirmationRequired()
}

export async function noteConfirmation(tx: PlatformTx, session_id: string, now_ms: number): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ confirmed_at: new Date(now_ms) })
    .where('id', '=', session_id)
    .execute()
}
