/**
 * The measurement behind docs/decisions/0023: values of custom fields as index rows, slot columns or a document,
 * at 1,000 organizations, under row-level security, as the application's ordinary role.
 * `node bench/src/custom-storage.ts [records]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../apps/server/src/platform/postgres/index.ts'
import { questions } from './custom-storage/questions.ts'
import { fill, indexes, inserts, tables } from './custom-storage/schema.ts'

const records = Number(process.argv[2] ?? 1_000_000)
const tenants = 1_000
const ways = ['rows', 'slots', 'document'] as const
const tell = (text: string) => process.stdout.write(`${text}\n`)

type Timed = { median_ms: number; worst_ms: number }

async function time(client: pg.Client, statements: string[], times: number): Promise<Timed> {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const start = performance.now()
    for (const statement of statements) await client.query(statement)
    taken.push(performance.now() - start)
  }
  taken.sort((one, other) => one - other)
  return { median_ms: taken[Math.floor(times / 2)] ?? 0, worst_ms: taken.at(-1) ?? 0 }
}

const line = (name: string, figures: string[]) =>
  tell(`${name.padEnd(44)}${figures.map((figure) => figure.padStart(14)).join('')}`)

async function measure(client: pg.Client): Promise<void> {
  await client.query(fill(tenants, records, records * 0.3))
  for (const way of ways) await client.query(tables[way])
  // The owner is bound by the policies, too, so the tables are filled before they are locked to one organization.
  const names = ['with_rows', 'value_rows', 'with_slots', 'with_document']
  for (const name of names) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`)
  line('', [...ways])
  const filled: string[] = []
  for (const way of ways) {
    const start = performance.now()
    for (const statement of inserts('true')[way]) await client.query(statement)
    await client.query(indexes[way])
    filled.push(`${((performance.now() - start) / 1000).toFixed(0)} s`)
  }
  line(`${records} records filled and indexed`, filled)
  await client.query('VACUUM ANALYZE')
  const size = async (table: string) =>
    Number((await client.query(`SELECT pg_total_relation_size('${table}') AS size`)).rows[0].size)
  const [rows = 0, beside = 0, slots = 0, document = 0] = await Promise.all(names.map(size))
  line(
    'on disk',
    [rows + beside, slots, document].map((bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`),
  )
  await measureWrites(client)
  for (const name of names) await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)
  for (const [name, tenant] of [
    ['large', 1],
    ['small', 500],
  ] as const)
    await measureReads(client, name, tenant)
}

async function measureWrites(client: pg.Client): Promise<void> {
  await client.query(
    `CREATE TABLE batch AS SELECT * FROM source ORDER BY random() LIMIT 1000; DROP TABLE source; ALTER TABLE batch RENAME TO source`,
  )
  const figures: string[] = []
  for (const way of ways) {
    const renew = 'UPDATE source SET id = uuidv7()'
    const taken: number[] = []
    for (let n = 0; n < 7; n += 1) {
      await client.query(renew)
      taken.push((await time(client, inserts('true')[way], 1)).median_ms)
    }
    figures.push(`${taken.toSorted((one, other) => one - other)[3]?.toFixed(0)} ms`)
  }
  line('1,000 further records', figures)
}

async function measureReads(client: pg.Client, name: string, tenant: number): Promise<void> {
  const { rows } = await client.query('SELECT id, fields FROM tenants WHERE n = $1', [tenant])
  const asked = { organization: rows[0].id as string, fields: rows[0].fields as string[] }
  await client.query(`SELECT set_config('bench.organization', '${asked.organization}', false)`)
  for (const [question, statements] of Object.entries(questions)) {
    const figures: string[] = []
    for (const way of ways) {
      const { median_ms, worst_ms } = await time(client, [statements[way](asked)], 15)
      figures.push(`${median_ms.toFixed(1)} / ${worst_ms.toFixed(0)} ms`)
    }
    line(`${name}: ${question}`, figures)
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-custom-storage-'))
const log = { info: () => {}, warn: tell, error: tell }
const postgres = await startPostgres({ dataDir, log: log as never })
const client = new pg.Client(postgres.url)
try {
  await client.connect()
  await measure(client)
} finally {
  await client.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
