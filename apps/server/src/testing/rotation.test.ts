/** The key rotation on what the server itself has sealed: second factors, kept mails, and what pushes need. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSecrets, keyColumns, rotateSecrets, type SealedColumn } from '../platform/secrets/index.ts'
import { sealedColumns } from '../sealed-columns.ts'
import { createTestApp, type TestApp } from './app.ts'
import { exampleSubscription } from './push-examples.ts'

const oldKey = 'the key of last year with more than 32 characters'
const newKey = 'the key of this year with more than 32 characters'

let app: TestApp
beforeAll(async () => void (app = await createTestApp({ RAPPORT_SECRET_KEYS: oldKey })))
afterAll(() => app?.stop())

test('leaves every sealed value of the product open to the new key, with the old one taken away', async () => {
  const person = await app.register()
  const begun = await person.call('POST', '/users/me/two-factor', { body: {} })
  expect(begun.status, begun.text).toBeLessThan(300)
  expect((await person.call('GET', '/users/me/push-devices')).status).toBe(200)
  const pushed = await person.call('PUT', '/users/me/push-devices', { body: exampleSubscription })
  expect(pushed.status, pushed.text).toBe(200)
  const { tenancy } = app.app.platform
  const readAll = () => Promise.all(sealedColumns.map((column) => readSealed(column)))
  const readSealed = (column: SealedColumn) =>
    tenancy.inSystem(async (tx) => {
      const names = sql.join([...keyColumns(column), column.column].map((name) => sql.ref(name)))
      const { rows } = await sql<Record<string, string>>`
        SELECT ${names} FROM ${sql.table(column.table)} WHERE ${sql.ref(column.column)} IS NOT NULL ORDER BY 1`.execute(
        tx,
      )
      return rows.map((row) => ({ place: column.place(row), sealed: row[column.column] ?? '' }))
    })
  const before = await readAll()
  expect(before.every((rows) => rows.length > 0)).toBe(true)

  const rotations = await rotateSecrets({ tenancy, secrets: createSecrets([newKey, oldKey]) }, sealedColumns)
  expect(rotations.flatMap(({ unreadable }) => unreadable)).toEqual([])
  expect(rotations.every(({ resealed }) => resealed > 0)).toBe(true)

  const [old, fresh] = [createSecrets([oldKey]), createSecrets([newKey])]
  const open = (secrets: typeof fresh, columns: typeof before) =>
    columns.flat().map(({ place, sealed }) => secrets.open(place, sealed))
  expect(open(fresh, await readAll())).toEqual(open(old, before))
})
