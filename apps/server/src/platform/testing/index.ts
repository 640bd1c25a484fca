import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { addressOf, TEMPLATE } from './addresses.ts'

export interface TestDatabase {
  /** As the ordinary role, which row-level security binds. */
  url: string
  /** As the superuser, for what a test has to arrange or to look at from above. */
  adminUrl: string
  drop: () => Promise<void>
}

/** A migrated, empty database of the test file's own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('databaseServer')
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await runAsAdmin(server.adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER rapport`)
  return {
    url: addressOf(server.url, name),
    adminUrl: addressOf(server.adminUrl, name),
    drop: () => runAsAdmin(server.adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = await connectTo(adminUrl)
  try {
    await admin.query(statement)
  } finally {
    await admin.end()
  }
}

/** A connection of its own, past the pool; under the administrator’s address, past row-level security, too. */
export async function connectTo(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}
