import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'
import { textArray } from './text-array.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

it.each([
  [[]],
  [['plain', null, '', 'NULL', 'null', ' spaces ', 'a,b', '{a}', "it's"]],
  [['a "quote"', String.raw`a \ backslash`, String.raw`\n is no break`, String.raw`\\`, '"']],
  [['two\nlines', 'a\ttab', 'a\r\nbreak', '\u0001 \u007f \u2028', '"both"\n\\', null]],
  [['ação', '日本語', '👩‍🚀', 'e\u0301']],
])('comes back from PostgreSQL as it was: %j', async (texts: (string | null)[]) => {
  const { rows } = await client.query<{ back: (string | null)[] }>('SELECT $1::text[] AS back', [
    textArray(texts),
  ])
  expect(rows[0]?.back).toEqual(texts)
})
