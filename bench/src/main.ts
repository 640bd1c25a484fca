/** `npm run bench`: seeds once, measures every figure beside its limit, prints one table and writes JSON. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openBench, type Figure, type MeasureFigures } from './bench.ts'
import {
  measureFilteredList,
  measureCustomFields,
  measureGroups,
  measureList,
  measureSearch,
  measureSearchedList,
  measureSingleRead,
} from './figures/reads.ts'
import { measureExport } from './figures/export.ts'
import { measureImport } from './figures/import.ts'
import { measurePgbench } from './figures/pgbench.ts'
import { measureRealtime } from './figures/realtime.ts'
import { measureMetrics } from './figures/metrics.ts'
import { measureAuthentication, measureMemory, measureStart } from './figures/server.ts'
import { measureCreate, measureStageMove } from './figures/writes.ts'
import { renderTable } from './report.ts'
import { fullSize, smallSize } from './seed/plan.ts'

const figures: Record<string, MeasureFigures> = {
  list: measureList,
  custom: measureCustomFields,
  groups: measureGroups,
  filtered: measureFilteredList,
  searched: measureSearchedList,
  read: measureSingleRead,
  search: measureSearch,
  create: measureCreate,
  move: measureStageMove,
  realtime: measureRealtime,
  import: measureImport,
  export: measureExport,
  pgbench: measurePgbench,
  authentication: measureAuthentication,
  metrics: measureMetrics,
  memory: measureMemory,
  start: measureStart,
}

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string', default: '8' },
  },
})
const say = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)

function chosen(): string[] {
  const names = options.only?.split(',') ?? Object.keys(figures)
  const unknown = names.find((name) => !figures[name])
  if (unknown)
    throw new Error(`There is no figure "${unknown}"; there are ${Object.keys(figures).join(', ')}.`)
  return names
}

/** A figure that cannot be measured is told, and does not take the others with it. */
async function measure(name: string): Promise<Figure[]> {
  try {
    return await (figures[name] as MeasureFigures)(bench)
  } catch (error) {
    process.exitCode = 1
    say(`${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}`)
    return []
  }
}

const names = chosen()
const bench = await openBench(options.small ? smallSize : fullSize, Number(options.seconds), say)
const measured: Figure[] = []
try {
  for (const name of names) measured.push(...(await measure(name)))
} finally {
  await bench.stop()
}
const folder = new URL('../results/', import.meta.url)
mkdirSync(folder, { recursive: true })
const result = {
  measured_at: new Date().toISOString(),
  size: bench.size,
  seconds: bench.seconds,
  figures: measured,
}
writeFileSync(new URL('latest.json', folder), `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(`${renderTable(measured)}\n`)
