/** The list's SELECT by pgbench: what PostgreSQL gives on this machine when nobody speaks HTTP. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { MeasureFigures } from '../bench.ts'
import { asProduct, runLoad } from '../load.ts'
import { captureRead, type Call, type ReplayStatement } from '../replay.ts'

export const measurePgbench: MeasureFigures = async (bench) => {
  const program = findPgbench()
  const figure = 'list of 50 newest against pgbench'
  const absent = { figure, unit: 'requests/s', rapport: Number.NaN, limit: null, ratio: null, ok: null }
  if (!program) return [{ ...absent, target: 'skipped', note: 'pgbench was not found on this machine' }]
  bench.say(figure)
  const call: Call = { method: 'GET', path: '/crm/leads' }
  const { statements } = await captureRead(bench.capturing, await bench.logIn(bench.capturing), call)
  const limit = await runPgbench(program, bench.database.url, statements, bench.seconds)
  const rapport = asProduct(bench.product, await bench.logIn(), () => call)
  await runLoad(rapport, 1)
  const { times_ms, seconds } = await runLoad(rapport, bench.seconds)
  const per_second = times_ms.length / seconds
  return [{ ...absent, rapport: per_second, limit, ratio: per_second / limit, target: 'reported' }]
}

async function runPgbench(
  program: string,
  url: string,
  statements: ReplayStatement[],
  seconds: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-pgbench-'))
  try {
    const script = join(folder, 'list.sql')
    writeFileSync(script, statements.map((statement) => `${inline(statement)};\n`).join(''))
    const options = ['-n', '-f', script, '-T', String(seconds), '-c', '16', '-j', '1', url]
    const output = await outputOf(program, options)
    const tps = /tps = ([\d.]+)/.exec(output)?.[1]
    if (tps === undefined) throw new Error(`pgbench gave no rate: ${output.slice(-500)}`)
    return Number(tps)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** pgbench scripts end statements at line ends, and cannot name types of parameters: values go into the text. */
function inline({ text, values }: ReplayStatement): string {
  const literal = (value: unknown): string => {
    if (value === null || value === undefined) return 'NULL'
    if (typeof value === 'number') return String(value)
    if (Array.isArray(value)) return `ARRAY[${value.map(literal).join()}]`
    return `'${String(value).replaceAll("'", "''")}'`
  }
  return text
    .replace(/\s+/g, ' ')
    .replace(/\$(\d+)/g, (_, place: string) => literal(values[Number(place) - 1]))
}

function outputOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (output += data.toString()))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`pgbench failed: ${output}`)),
    )
  })
}

function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql'
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []),
  ]
  return folders.map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null
}
