import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, refuseUnboundRole } from './database.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database?.drop())

async function tryRole(url: string): Promise<void> {
  const opened = openDatabase(url, log, 1)
  try {
    await refuseUnboundRole(opened)
  } finally {
    await opened.close()
  }
}

test('a role that row-level security does not bind is refused with what to do, an ordinary one is taken', async () => {
  await expect(tryRole(database.adminUrl)).rejects.toThrow(/superuser or has BYPASSRLS.*ordinary role/s)
  await expect(tryRole(database.url)).resolves.toBeUndefined()
})
