/** A file of 50,000 leads through the API beside COPY of the same rows into the same table with its indexes. */
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Bench, MeasureFigures } from '../bench.ts'
import { request } from '../replay.ts'
import { makePerson } from '../seed/names.ts'
import { createRandom } from '../seed/random.ts'

const patience_ms = 600_000
const fields = ['full_name', 'company_name', 'email', 'phone', 'city', 'source', 'estimated_value'] as const
type Row = Record<(typeof fields)[number], string>
type State = {
  id: string
  state: string
  created: number
  failed: number
  problem: string | null
  guessed_mapping: Record<string, string | null>
}

export const measureImport: MeasureFigures = async (bench) => {
  const rows = makeRows(bench.size.name === 'full' ? 50_000 : 5_000)
  bench.say(`import of ${rows.length} rows`)
  const limit = await copyRows(bench, rows)
  const rapport = await importRows(bench, rows)
  return [
    {
      figure: `import of ${rows.length.toLocaleString('en')} rows`,
      unit: 'rows/s',
      rapport,
      limit,
      ratio: rapport / limit,
      target: 'reported',
      ok: null,
      note: 'limit is COPY of the parsed values into leads alone; the import also validates, writes search documents, activities and events',
    },
  ]
}

function makeRows(count: number): Row[] {
  const random = createRandom(21)
  return Array.from({ length: count }, (_, place) => {
    const { full_name, company_name, email } = makePerson(random)
    return {
      full_name,
      company_name,
      email: `${place}.${email}`,
      phone: `+55119${10_000_000 + random.below(89_999_999)}`,
      city: 'São Paulo',
      source: 'trade fair',
      estimated_value: String(100 + random.below(9000)),
    }
  })
}

async function importRows({ product, logIn }: Bench, rows: Row[]): Promise<number> {
  const member = await logIn()
  const csv = [fields.join(), ...rows.map((row) => fields.map((name) => `"${row[name]}"`).join())].join('\n')
  const form = new FormData()
  form.set('object', 'lead')
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'bench.csv')
  const started = performance.now()
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
    (await request(product, member, { method, path: `/crm/imports${path}`, body })) as State
  const { id, guessed_mapping } = await send('POST', '', form)
  await send('POST', `/${id}/start`, { mapping: guessed_mapping, duplicate_policy: 'create' })
  const ended = await waitForEnd(() => send('GET', `/${id}`))
  if (ended.state !== 'completed' || ended.created !== rows.length)
    throw new Error(`The import ended as ${ended.state} with ${ended.created} rows: ${ended.problem ?? ''}`)
  return rows.length / ((performance.now() - started) / 1000)
}

async function waitForEnd(look: () => Promise<State>): Promise<State> {
  const until = performance.now() + patience_ms
  while (performance.now() < until) {
    const found = await look()
    if (['completed', 'failed', 'cancelled'].includes(found.state)) return found
    await pause(100)
  }
  throw new Error('The import does not end.')
}

/** Rolled back after it was measured, so that the import meets the same table. */
async function copyRows({ database, organization }: Bench, rows: Row[]): Promise<number> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const ids = await client.query<{ id: string }>('SELECT uuidv7() AS id FROM generate_series(1, $1)', [
      rows.length,
    ])
    const [stage] = organization.stages
    const lines = rows.map(
      (row, place) =>
        `${organization.id}\t${ids.rows[place]?.id}\t${fields
          .map((name) => (name === 'estimated_value' ? `${row[name]}0000` : row[name]))
          .join('\t')}\t${organization.pipeline_id}\t${stage?.id}\ti0\t${organization.currency}\n`,
    )
    await client.query('BEGIN')
    const started = performance.now()
    const columns = `organization_id, id, ${fields.join()}, pipeline_id, stage_id, rank, currency`
    await pipeline(Readable.from(lines), client.query(copyFrom(`COPY leads (${columns}) FROM STDIN`)))
    const seconds = (performance.now() - started) / 1000
    await client.query('ROLLBACK')
    return rows.length / seconds
  } finally {
    await client.end()
  }
}
