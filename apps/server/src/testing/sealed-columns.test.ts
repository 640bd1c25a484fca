import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyColumns } from '../platform/secrets/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing/index.ts'
import { sealedColumns } from '../sealed-columns.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

test('every column whose name ends in _sealed is declared, so that the key rotation finds it', async () => {
  const { rows } = await client.query<{ name: string }>(
    "SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed' ORDER BY 1",
  )
  const declared = sealedColumns.map(({ table, column }) => `${table}.${column}`)
  expect(declared).toEqual(expect.arrayContaining(rows.map(({ name }) => name)))
})

test('every declared column exists and holds text', async () => {
  for (const { table, column } of sealedColumns) {
    const { rows } = await client.query(
      "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2",
      [table, column],
    )
    expect(rows, `${table}.${column}`).toEqual([{ data_type: 'text' }])
  }
})

test('every sealed value is bound to the whole primary key of its row', async () => {
  for (const column of sealedColumns) {
    const { table } = column
    const { rows } = await client.query<{ name: string }>(
      'SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND i.indrelid = $1::regclass',
      [table],
    )
    expect(keyColumns(column), table).toEqual(expect.arrayContaining(rows.map(({ name }) => name)))
  }
})

test('no two sealed columns share a purpose', () => {
  expect(new Set(sealedColumns.map(({ purpose }) => purpose)).size).toBe(sealedColumns.length)
})
