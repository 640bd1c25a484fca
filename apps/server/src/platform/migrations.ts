/** Plain SQL files, forward only, each in its own transaction, under a lock that makes starts take turns. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const folder = fileURLToPath(new URL('../db/migrations/', import.meta.url))
const lockNumber = 7_240_119

type Applied = { name: string; checksum: string }

/** Brings the database at `url` up to date and answers the names that were applied now. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber])
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const { rows } = await client.query<Applied>('SELECT name, checksum FROM migrations')
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
    const now: string[] = []
    for (const name of names) if (await applyOnce(client, name, applied)) now.push(name)
    return now
  } finally {
    await client.end()
  }
}

async function applyOnce(client: pg.Client, name: string, applied: Map<string, string>): Promise<boolean> {
  const text = await readFile(folder + name, 'utf8')
  const checksum = createHash('sha256').update(text).digest('hex')
  const known = applied.get(name)
  if (known === checksum) return false
  if (known !== undefined)
    throw new Error(`The migration ${name} was changed after it was applied; write a new one instead.`)
  await client.query('BEGIN')
  try {
    await client.query(text)
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`The migration ${name} failed: ${String(error)}`, { cause: error })
  }
  return true
}
