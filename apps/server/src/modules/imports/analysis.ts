/** Reads an uploaded file once from end to end and says what is in it. Broken files are refused here. */
import type { Readable } from 'node:stream'
import { guessMapping } from './guess.ts'
import { nameColumns } from './header.ts'
import { detectSeparation } from './delimiter.ts'
import { errorColumn, type Encoding, type FileFormat, type Layout } from './layout.ts'
import { ColumnProfile } from './profile.ts'
import type { ReadingContext } from './readers.ts'
import { readRows, refuseFile, type FileRow } from './rows.ts'
import { unguard } from '../../platform/formula-guard.ts'

const mostColumns = 1000
const sampleRows = 10

export type Analysis = { layout: Layout; total: number }

export function detectFormat(head: Buffer, encoding: Encoding): FileFormat {
  return { encoding, guarded: false, ...detectSeparation(new TextDecoder(encoding).decode(head)) }
}

export async function analyseFile(
  bytes: Readable,
  format: FileFormat,
  context: ReadingContext,
): Promise<Analysis> {
  const rows = readRows(bytes, format)
  const header = (await rows.next()).value
  if (!header) throw refuseFile('file_empty', 1, 'the file has no row')
  const names = nameColumns(header.cells)
  refuseTooWide(header, names)
  const guarded = names.at(-1) === errorColumn
  const columns = names.map((name) => new ColumnProfile(name))
  const sample: Record<string, string>[] = []
  let total = 0
  for await (const { cells: raw } of rows) {
    const cells = guarded ? raw.map(unguard) : raw
    columns.forEach((column, index) => column.add(cells[index] ?? ''))
    if (total < sampleRows) sample.push(recordOf(names, cells))
    total += 1
  }
  if (total === 0) throw refuseFile('rows_missing', header.row, 'there is a header but no row below it')
  return { total, layout: describe({ ...format, guarded }, columns, sample, context) }
}

function refuseTooWide(header: FileRow, names: readonly string[]): void {
  if (names.length > mostColumns)
    throw refuseFile(
      'too_many_columns',
      header.row,
      `the header has ${names.length} columns; at most ${mostColumns} can be imported`,
    )
}

function describe(
  format: FileFormat,
  columns: ColumnProfile[],
  sample: Layout['sample'],
  context: ReadingContext,
): Layout {
  const { mapping, number_column } = guessMapping(columns, context)
  return {
    format,
    columns: columns.map(({ name, filled, examples, decimals }) => ({
      name,
      filled,
      examples,
      decimal_mark: decimals.mark,
    })),
    guessed_mapping: mapping,
    sample,
    number_column,
  }
}

const recordOf = (names: readonly string[], cells: readonly string[]) =>
  Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').slice(0, 500)]))
