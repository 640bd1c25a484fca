/** Settings of a person, kept with the account so that every device shows them. SQL only. */
import { Preferences } from '@rapport/contracts'
import type { PlatformTx } from '../sessions.ts'

const columns = ['language', 'time_zone', 'theme', 'date_format', 'week_start', 'security_mails'] as const

type Change = { [Name in keyof Preferences]?: Preferences[Name] | undefined }

export async function getPreferences(tx: PlatformTx, user_id: string): Promise<Preferences> {
  const row = await tx.selectFrom('users').select(columns).where('id', '=', user_id).executeTakeFirstOrThrow()
  return Preferences.parse(row)
}

export async function updatePreferences(
  tx: PlatformTx,
  user_id: string,
  change: Change,
): Promise<Preferences> {
  const row = await tx
    .updateTable('users')
    .set({ ...change, updated_at: new Date() })
    .where('id', '=', user_id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return Preferences.parse(row)
}
