/** All leads of the largest organization as files, beside COPY of the same columns to where it is thrown away. */
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Bench, Figure, MeasureFigures } from '../bench.ts'
import { residentMegabytes } from '../processes.ts'
import { request } from '../replay.ts'

const columns = [
  'id',
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
  'status',
  'stage_id',
  'score',
  'probability',
  'estimated_value',
  'currency',
  'owner_id',
  'created_at',
]
const patience_ms = 900_000

type State = { id: string; state: string; done: number; problem: string | null }

export const measureExport: MeasureFigures = async (bench) => {
  bench.say('export of all leads')
  const copied = await copyOut(bench)
  await startThread(bench)
  return [await measureFormat(bench, 'csv', copied, 0.5), await measureFormat(bench, 'xlsx', copied, null)]
}

const sender = async ({ product, logIn }: Bench) => {
  const member = await logIn()
  return async (method: 'GET' | 'POST', path: string, body?: unknown) =>
    (await request(product, member, { method, path: `/crm/exports${path}`, body })) as State
}

/** The first long job of a while waits for its thread, which says nothing of how fast rows are written. */
async function startThread(bench: Bench): Promise<void> {
  const send = await sender(bench)
  const nobody = { field: 'full_name', op: 'eq', value: 'nobody of this name' }
  const { id } = await send('POST', '', { object: 'lead', format: 'csv', columns, filter: nobody })
  await waitForEnd(send, id)
}

async function measureFormat(
  bench: Bench,
  format: 'csv' | 'xlsx',
  copied: { rows: number; per_second: number },
  target: number | null,
): Promise<Figure> {
  const send = await sender(bench)
  const started = performance.now()
  const { id } = await send('POST', '', { object: 'lead', format, columns })
  let peak = 0
  const { done } = await waitForEnd(send, id, () => {
    peak = Math.max(peak, residentMegabytes(bench.product.process) ?? 0)
  })
  if (done !== copied.rows) throw new Error(`The export has ${done} of ${copied.rows} rows.`)
  const rapport = copied.rows / ((performance.now() - started) / 1000)
  const ratio = rapport / copied.per_second
  return {
    figure: `export of ${copied.rows.toLocaleString('en')} rows × ${columns.length} (${format})`,
    unit: 'rows/s',
    rapport,
    limit: copied.per_second,
    ratio,
    target: target === null ? 'reported' : `≥ ${target * 100} %`,
    ok: target === null ? null : ratio >= target,
    note: `limit is COPY … TO STDOUT of the same columns; the server held ${Math.round(peak)} MB at most`,
  }
}

async function waitForEnd(
  send: Awaited<ReturnType<typeof sender>>,
  id: string,
  meanwhile: () => void = () => undefined,
): Promise<State> {
  const until = performance.now() + patience_ms
  for (;;) {
    const found = await send('GET', `/${id}`)
    meanwhile()
    if (found.state === 'completed') return found
    if (!['queued', 'running'].includes(found.state) || performance.now() > until)
      throw new Error(`The export ended as ${found.state}: ${found.problem ?? ''}`)
    await pause(100)
  }
}

async function copyOut({ database, organization }: Bench): Promise<{ rows: number; per_second: number }> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const started = performance.now()
    const source = client.query(
      copyTo(
        `COPY (SELECT ${columns.join()} FROM leads WHERE organization_id = '${organization.id}' AND deleted_at IS NULL
           ORDER BY created_at DESC, id DESC) TO STDOUT (FORMAT csv, HEADER)`,
      ),
    )
    const nowhere = new Writable({
      write(_chunk, _encoding, done) {
        done()
      },
    })
    await pipeline(source, nowhere)
    return { rows: source.rowCount, per_second: source.rowCount / ((performance.now() - started) / 1000) }
  } finally {
    await client.end()
  }
}
