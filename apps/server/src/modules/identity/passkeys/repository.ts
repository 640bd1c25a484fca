/** Public keys of passkeys. SQL only. */
import type { Passkey } from '@rapport/contracts'
import { newId } from '../../../platform/ids.ts'
import type { PlatformTx } from '../sessions.ts'

const columns = ['id', 'name', 'backed_up', 'created_at', 'last_used_at'] as const

export const listPasskeys = (tx: PlatformTx, user_id: string): Promise<Passkey[]> =>
  tx.selectFrom('passkeys').select(columns).where('user_id', '=', user_id).orderBy('id').execute()

/** What a browser has to know of the person's passkeys, to offer or to leave them out. */
export const listCredentials = (tx: PlatformTx, user_id: string) =>
  tx
    .selectFrom('passkeys')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', user_id)
    .orderBy('id')
    .execute()

type NewPasskey = {
  user_id: string
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  backed_up: boolean
  name: string
}

/** Undefined when the credential is known already, as anybody's. */
export const insertPasskey = (tx: PlatformTx, passkey: NewPasskey): Promise<Passkey | undefined> =>
  tx
    .insertInto('passkeys')
    .values({ id: newId(), ...passkey })
    .onConflict((on) => on.column('credential_id').doNothing())
    .returning(columns)
    .executeTakeFirst()

/** Locked until the transaction ends, so that of two uses at once the second sees the counter of the first. */
export const lockCredential = (tx: PlatformTx, credential_id: string) =>
  tx
    .selectFrom('passkeys')
    .select(['id', 'user_id', 'credential_id', 'public_key', 'counter', 'transports'])
    .where('credential_id', '=', credential_id)
    .forUpdate()
    .executeTakeFirst()

export async function noteUse(
  tx: PlatformTx,
  id: string,
  use: { counter: number; backed_up: boolean },
  now_ms: number,
): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ ...use, last_used_at: new Date(now_ms) })
    .where('id', '=', id)
    .execute()
}

export const renamePasskey = (
  tx: PlatformTx,
  user_id: string,
  id: string,
  name: string,
): Promise<Passkey | undefined> =>
  tx
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .returning(columns)
    .executeTakeFirst()

export const deletePasskey = (tx: PlatformTx, user_id: string, id: string): Promise<Passkey | undefined> =>
  tx
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .returning(columns)
    .executeTakeFirst()
