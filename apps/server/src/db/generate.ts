/** Writes types.ts from a migrated database: `npm run types`. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { migrate } from '../platform/migrations.ts'
import { startPostgres } from '../platform/postgres/index.ts'

const run = promisify(execFile)
const codegen = fileURLToPath(new URL('../../../../node_modules/.bin/kysely-codegen', import.meta.url))
const target = fileURLToPath(new URL('./types.ts', import.meta.url))

/** As the pool reads them: bigint as number, timestamptz as ISO 8601 text (platform/database.ts). */
const readAs: [RegExp, string][] = [
  [
    /^export type Int8 = .*$/m,
    'export type Int8 = ColumnType<number, bigint | number | string, bigint | number | string>;',
  ],
  [
    /^export type Timestamp = .*$/m,
    'export type Timestamp = ColumnType<string, Date | string, Date | string>;',
  ],
]

/** The text of types.ts for the database at `url`. */
export async function databaseTypes(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-types-'))
  try {
    const file = join(folder, 'types.ts')
    const options = [
      '--url',
      url,
      '--dialect',
      'postgres',
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
    ]
    await run(codegen, [...options, '--exclude-pattern', '(migrations)', '--out-file', file])
    const text = await readFile(file, 'utf8')
    return readAs.reduce((known, [from, to]) => known.replace(from, to), text)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-types-'))
  const postgres = await startPostgres({ dataDir, log: pino({ level: 'warn' }) })
  try {
    await migrate(postgres.url)
    await writeFile(target, await databaseTypes(postgres.url))
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
