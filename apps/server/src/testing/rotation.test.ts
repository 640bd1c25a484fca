/** The key rotation on what the server itself has sealed: second factors and kept mails. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSecrets, rotateSecrets } from '../platform/secrets/index.ts'
import { sealedColumns } from '../sealed-columns.ts'
import { createTestApp, type TestApp } from './app.ts'

const oldKey = 'the key of last year with more than 32 characters'
const newKey = 'the key of this year with more than 32 characters'

let app: TestApp
beforeAll(async () => void (app = await createTestApp({ RAPPORT_SECRET_KEYS: oldKey })))
afterAll(() => app?.stop())

test('leaves every sealed value of the product open to the new key, with the old one taken away', async () => {
  const person = await app.register()
  const begun = await person.call('POST', '/users/me/two-factor', { body: {} })
  expect(begun.status, begun.text).toBeLessThan(300)
  const { tenancy } = app.app.platform
  const readAll = () =>
    tenancy.inSystem(async (tx) => ({
      factors: await tx.selectFrom('second_factors').select(['user_id', 'secret_sealed']).execute(),
      mails: await tx
        .selectFrom('outgoing_mails')
        .select(['id', 'content'])
        .where('content', 'is not', null)
        .execute(),
    }))
  const before = await readAll()
  expect([before.factors.length, before.mails.length].every((count) => count > 0)).toBe(true)

  const rotations = await rotateSecrets({ tenancy, secrets: createSecrets([newKey, oldKey]) }, sealedColumns)
  expect(rotations.flatMap(({ unreadable }) => unreadable)).toEqual([])
  expect(rotations.every(({ resealed }) => resealed > 0)).toBe(true)

  const [old, fresh] = [createSecrets([oldKey]), createSecrets([newKey])]
  const open = (secrets: typeof fresh, { factors, mails }: typeof before) =>
    sealedColumns.flatMap((column) =>
      column.table === 'second_factors'
        ? factors.map(({ user_id, secret_sealed }) => secrets.open(column.place({ user_id }), secret_sealed))
        : mails.map(({ id, content }) => secrets.open(column.place({ id }), content ?? '')),
    )
  expect(open(fresh, await readAll())).toEqual(open(old, before))
})
