/**
 * A file of leads with twenty columns through the API, beside COPY of the same values into the same table with all its
 * indexes, and of what search finds them by as well. While it runs, somebody else asks for the list of leads.
 * `IMPORT_ROWS` says how many rows.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, MeasureFigures } from '../bench.ts'
import { request } from '../replay.ts'
import { copyRows } from './import-limit.ts'
import { custom, fields, makeRows, type Row } from './import-rows.ts'

const patience_ms = 3_600_000
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
  const ratio = rapport / limit.leads
  const slower = p95(meanwhile) / p95(alone)
  const memory = peakMemory(bench)
  return [
    {
      figure: `import ${of}`,
      unit: 'rows/s',
      rapport,
      limit: limit.leads,
      ratio,
      target: '≥ 35 % of COPY',
      ok: ratio >= 0.35,
      note: 'limit is COPY of the parsed values into leads with all its indexes; the import also reads the file, validates, looks for duplicates by external id or e-mail, and writes search rows, activities, events and audit entries',
    },
    {
      figure: `the same, beside COPY with the index of search`,
      unit: 'rows/s',
      rapport,
      limit: limit.searched,
      ratio: rapport / limit.searched,
      target: '',
      ok: null,
      note: 'for scale: search keeps its index in tables of its own, into which COPY goes, too, one after the other',
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
