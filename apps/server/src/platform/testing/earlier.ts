/** A database as an earlier version left it, brought up to date. */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Client } from 'pg'
import { migrate } from '../migrations.ts'
import { addressOf } from './addresses.ts'
import { connectTo, createTestDatabase } from './index.ts'

const folder = new URL('../../db/migrations/', import.meta.url)

export type UpgradedDatabase = { client: Client; drop: () => Promise<void> }

/**
 * @param last the last migration of the earlier version
 * @param fill writes what there was then
 */
export async function createUpgradedDatabase(
  last: string,
  fill: (client: Client) => Promise<void>,
): Promise<UpgradedDatabase> {
  const existing = await createTestDatabase()
  const admin = await connectTo(existing.adminUrl)
  const name = `test_upgrade_${randomBytes(4).toString('hex')}`
  await admin.query(`CREATE DATABASE ${name} OWNER rapport`)
  const url = addressOf(existing.url, name)
  const before = await connectTo(url)
  await migrateUntil(before, last)
  await fill(before)
  await before.end()
  await migrate(url)
  const client = await connectTo(url)
  return {
    client,
    async drop() {
      await client.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
      await existing.drop()
    },
  }
}

async function migrateUntil(client: Client, last: string): Promise<void> {
  await client.query(
    'CREATE TABLE migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  for (const name of (await readdir(folder)).toSorted()) {
    if (name > last) return
    const text = await readFile(new URL(name, folder), 'utf8')
    await client.query(text)
    const checksum = createHash('sha256').update(text).digest('hex')
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum])
  }
}
