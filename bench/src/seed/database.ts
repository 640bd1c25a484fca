/**
 * The benchmark's own embedded PostgreSQL under .data-bench. The seed is made once and kept as a template; every
 * run works on a fresh copy of it, so what one run writes never changes the figures of the next.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import { migrate } from '../../../apps/server/src/platform/migrations.ts'
import { startPostgres, type Postgres } from '../../../apps/server/src/platform/postgres/index.ts'
import { fillDatabase } from './fill.ts'
import type { Size } from './plan.ts'

const log = pino({ level: 'error' })
export const dataDir = fileURLToPath(new URL('../../../.data-bench', import.meta.url))
const server = new URL('../../../apps/server/src/', import.meta.url)
const migrations = new URL('db/migrations/', server)
/** What decides how a seeded row looks. A cached seed is as good as these files. */
const makers = [
  ...listFiles(migrations),
  ...listFiles(new URL('.', import.meta.url)).filter((file) => !file.href.endsWith('/database.ts')),
  ...['search/words.ts', 'search/documents.ts', 'leads/definition.ts', 'staged/rank.ts'].map(
    (name) => new URL(`modules/${name}`, server),
  ),
]
/** A load of a million rows wants longer between checkpoints and more memory; runs take the product's settings. */
const loading = { max_wal_size: '16GB', shared_buffers: '2GB', checkpoint_timeout: '30min' }

export type BenchDatabase = { url: string; adminUrl: string; stop: () => Promise<void> }

export async function openBenchDatabase(size: Size, say: (text: string) => void): Promise<BenchDatabase> {
  const [template, run] = [`seed_${size.name}`, `run_${size.name}`]
  await withPostgres(loading, async (postgres) => {
    const seed = fingerprint()
    if ((await seededAs(postgres.adminUrl, template)) === seed) return
    await makeTemplate(postgres, template, size, seed, say)
  })
  const postgres = await startPostgres({ dataDir, log })
  try {
    say('copying the seed for this run')
    await recreate(postgres.adminUrl, run, template)
    return {
      url: withDatabase(postgres.url, run),
      adminUrl: withDatabase(postgres.adminUrl, run),
      stop: () => postgres.stop(),
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function withPostgres(
  settings: Record<string, string>,
  work: (postgres: Postgres) => Promise<void>,
): Promise<void> {
  const postgres = await startPostgres({ dataDir, log, settings })
  try {
    await work(postgres)
  } finally {
    await postgres.stop()
  }
}

type Addresses = { url: string; adminUrl: string }

async function makeTemplate(
  { url, adminUrl }: Addresses,
  name: string,
  size: Size,
  seed: string,
  say: (text: string) => void,
): Promise<void> {
  const started = performance.now()
  await recreate(adminUrl, name, 'template0')
  await migrate(withDatabase(url, name))
  await fillDatabase(withDatabase(adminUrl, name), size, say)
  await asAdmin(adminUrl, (client) => client.query(`COMMENT ON DATABASE ${name} IS '${seed}'`))
  say(`seeded in ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

async function recreate(adminUrl: string, name: string, template: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(
      `CREATE DATABASE ${name} OWNER rapport TEMPLATE ${template} STRATEGY file_copy ENCODING 'UTF8'`,
    )
  })
}

async function seededAs(adminUrl: string, name: string): Promise<string | null> {
  return asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ seed: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS seed FROM pg_database WHERE datname = $1",
      [name],
    )
    return rows[0]?.seed ?? null
  })
}

async function asAdmin<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of makers) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(folder: URL): URL[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => new URL(name, folder))
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
