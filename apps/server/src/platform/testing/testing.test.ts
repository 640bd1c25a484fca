import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './index.ts'

let databases: TestDatabase[]
beforeAll(async () => {
  databases = await Promise.all([createTestDatabase(), createTestDatabase()])
})
afterAll(() => Promise.all(databases.map((database) => database.drop())))

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

it('gives a test file a migrated database of its own', async () => {
  const [one, other] = databases.map(({ url }) => url) as [string, string]
  await query(one, 'CREATE TABLE only_here (id int)')
  expect(await query(one, "SELECT to_regclass('only_here') IS NOT NULL AS found")).toEqual([{ found: true }])
  expect(await query(other, "SELECT to_regclass('only_here') IS NOT NULL AS found")).toEqual([
    { found: false },
  ])
  expect(await query(other, 'SELECT count(*)::int > 0 AS migrated FROM migrations')).toEqual([
    { migrated: true },
  ])
})

it('connects as a role that row-level security binds and that owns its tables', async () => {
  for (const { url } of databases)
    expect(
      await query(
        url,
        'SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
      ),
    ).toEqual([{ rolname: 'rapport', rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
})
