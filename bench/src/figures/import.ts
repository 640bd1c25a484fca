/**
 * A file of leads with twenty columns through the API, beside COPY of the same values into the same table with all its
 * indexes. While it runs, somebody else asks for the list of leads. `IMPORT_ROWS` says how many rows.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { newRank } from '../../../apps/server/src/modules/staged/index.ts'
import type { Bench, MeasureFigures } from '../bench.ts'
import { request } from '../replay.ts'
import { makePerson } from '../seed/names.ts'
import { createRandom } from '../seed/random.ts'

const patience_ms = 3_600_000
/** With a column each; the others go into the document of custom values. */
const fields = [
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'industry',
  'country',
  'state',
  'city',
  'source',
  'external_id',
  'score',
  'estimated_value',
] as const
const custom = ['campaign', 'segment', 'visits', 'newsletter', 'first_seen', 'remark'] as const
type Row = Record<(typeof fields)[number] | (typeof custom)[number], string>
type State = {
  id: string
  state: string
  created: number
  failed: number
  problem: string | null
  guessed_mapping: Record<string, string | null>
}

export const measureImport: MeasureFigures = async (bench) => {
  const rows = makeRows(Number(process.env['IMPORT_ROWS'] ?? (bench.size.name === 'full' ? 100_000 : 5_000)))
  const of = `of ${rows.length.toLocaleString('en')} rows × ${fields.length + custom.length} columns`
  bench.say(`import ${of}`)
  const limit = await copyRows(bench, rows)
  const alone = await listTimes(bench, untilCount(200))
  let running = true
  const [rapport, meanwhile] = await Promise.all([
    importRows(bench, rows).finally(() => (running = false)),
    listTimes(bench, () => running),
  ])
  const ratio = rapport / limit
  const slower = p95(meanwhile) / p95(alone)
  const memory = peakMemory(bench)
  return [
    {
      figure: `import ${of}`,
      unit: 'rows/s',
      rapport,
      limit,
      ratio,
      target: '≥ 35 % of COPY',
      ok: ratio >= 0.35,
      note: 'limit is COPY of the parsed values into leads with all its indexes; the import also reads the file, validates, looks for duplicates by external id or e-mail, and writes search rows, activities, events and audit entries',
    },
    {
      figure: `lists of others during the import ${of}`,
      unit: 'ms',
      rapport: p95(meanwhile),
      limit: p95(alone),
      ratio: slower,
      target: 'p95 at most twice as slow',
      ok: slower <= 2,
    },
    {
      figure: `memory of the server after the import ${of}`,
      unit: 'MB',
      rapport: memory,
      limit: null,
      ratio: null,
      target: 'peak below 400 MB',
      ok: memory < 400,
    },
  ]
}

const untilCount = (count: number) => {
  let left = count
  return () => left-- > 0
}

/** Milliseconds of one list after another, as one person scrolls. */
async function listTimes({ product, logIn }: Bench, goesOn: () => boolean): Promise<number[]> {
  const member = await logIn()
  const times: number[] = []
  while (goesOn()) {
    const started = performance.now()
    await request(product, member, { method: 'GET', path: '/crm/leads?limit=50' })
    times.push(performance.now() - started)
    await pause(100)
  }
  return times
}

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0

/** The most that the process has had, as Linux tells it. */
function peakMemory({ product }: Bench): number {
  const status = readFileSync(`/proc/${product.process.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
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
      mobile: `+55119${10_000_000 + random.below(89_999_999)}`,
      website: `https://site${random.below(50_000)}.example`,
      industry: ['Retail', 'Health', 'Software', 'Education'][random.below(4)] ?? '',
      country: 'Brazil',
      state: ['SP', 'RJ', 'MG', 'BA'][random.below(4)] ?? '',
      city: 'São Paulo',
      source: 'trade fair',
      external_id: `bench-${place}`,
      score: String(random.below(101)),
      campaign: `campaign ${random.below(40)}`,
      segment: ['small', 'medium', 'large'][random.below(3)] ?? '',
      visits: String(random.below(30)),
      newsletter: random.below(2) === 0 ? 'yes' : 'no',
      first_seen: '2026-01-15',
      remark: 'called back after the fair',
      estimated_value: String(100 + random.below(9000)),
    }
  })
}

async function importRows({ product, logIn, say }: Bench, rows: Row[]): Promise<number> {
  const member = await logIn()
  const columns = [...fields, ...custom]
  const lines = rows.map((row) => `${columns.map((name) => `"${row[name]}"`).join()}\n`)
  const form = new FormData()
  form.set('object', 'lead')
  // One piece: a million of them would keep the sender busy and not the server.
  const file = Buffer.from(`${columns.join()}\n${lines.join('')}`)
  form.set('file', new Blob([file], { type: 'text/csv' }), 'bench.csv')
  const started = performance.now()
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
    (await request(product, member, { method, path: `/crm/imports${path}`, body })) as State
  const { id, guessed_mapping } = await send('POST', '', form)
  say(`uploaded and looked through after ${((performance.now() - started) / 1000).toFixed(1)} s`)
  await send('POST', `/${id}/start`, { mapping: guessed_mapping, duplicate_policy: 'skip' })
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

/** Of as many rows together: one by one they would keep the sender busy and not the database. */
const copiedTogether = 200

/**
 * The same values, as the import writes them, into the same columns. Rolled back after it was measured and cleared
 * away, so that the import meets the same table.
 */
async function copyRows({ database, organization, logIn }: Bench, rows: Row[]): Promise<number> {
  const { user_id } = await logIn()
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const ids = await client.query<{ id: string }>('SELECT uuidv7() AS id FROM generate_series(1, $1)', [
      rows.length,
    ])
    const [stage] = organization.stages
    const now = Date.now()
    const import_id = randomUUID()
    const lines = rows.map((row, place) =>
      [
        organization.id,
        ids.rows[place]?.id,
        ...fields.map((name) => (name === 'estimated_value' ? `${row[name]}0000` : row[name])),
        organization.pipeline_id,
        stage?.id,
        newRank(BigInt(now) * 1000n + BigInt(place)),
        organization.currency,
        JSON.stringify(Object.fromEntries(custom.map((name) => [name, row[name]]))),
        import_id,
        user_id,
      ].join('\t'),
    )
    const pieces = Array.from(
      { length: Math.ceil(lines.length / copiedTogether) },
      (_, place) => `${lines.slice(place * copiedTogether, (place + 1) * copiedTogether).join('\n')}\n`,
    )
    await client.query('BEGIN')
    const started = performance.now()
    const columns = `organization_id, id, ${fields.join()}, pipeline_id, stage_id, rank, currency, custom, import_id, created_by`
    await pipeline(Readable.from(pieces), client.query(copyFrom(`COPY leads (${columns}) FROM STDIN`)))
    const seconds = (performance.now() - started) / 1000
    await client.query('ROLLBACK')
    await client.query('VACUUM leads')
    return rows.length / seconds
  } finally {
    await client.end()
  }
}
