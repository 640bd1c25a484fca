/** The key pair by which push services know this installation (VAPID): made once, the same for all processes. */
import webPush from 'web-push'
import { sealedColumn, type Secrets } from '../../platform/secrets/index.ts'
import type { Tenancy } from '../../platform/tenancy.ts'

export const pushKeySecrets = sealedColumn({
  purpose: 'push key',
  table: 'push_keys',
  column: 'private_key_sealed',
  owner: null,
  key: ['id'],
})
const id = 'vapid'

export type PushKeys = { public_key: string; private_key: string }
type Parts = { tenancy: Pick<Tenancy, 'inSystem'>; secrets: Pick<Secrets, 'seal' | 'open'> }

/** Whoever asks first makes them; of several at once, one does. */
export function createKeyStore({ tenancy, secrets }: Parts): { read: () => Promise<PushKeys> } {
  let known: PushKeys | null = null

  const make = () =>
    tenancy.inSystem(async (tx) => {
      const find = () => tx.selectFrom('push_keys').selectAll().executeTakeFirst()
      if (!(await find())) {
        const { publicKey, privateKey } = webPush.generateVAPIDKeys()
        const private_key_sealed = secrets.seal(pushKeySecrets.place({ id }), privateKey)
        await tx
          .insertInto('push_keys')
          .values({ id, public_key: publicKey, private_key_sealed })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      const row = await find()
      if (!row) throw new Error('There is no push key, and none could be made.')
      const private_key = secrets.open(pushKeySecrets.place({ id }), row.private_key_sealed)
      return { public_key: row.public_key, private_key }
    })

  return {
    async read() {
      known ??= await make()
      return known
    },
  }
}
