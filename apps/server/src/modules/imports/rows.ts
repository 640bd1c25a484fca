/** Reads a delimited file row by row, in bounded memory, whatever its encoding and line ends. */
import { Transform, type Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalidField, type Problem } from '../../platform/problems.ts'
import type { FileFormat } from './layout.ts'

const longestRow = 1024 * 1024

/** `row` counts as a spreadsheet does: the header is row 1 when the file starts with it. */
export type FileRow = { row: number; cells: string[] }

/** Yields the header first, an empty one of row 0 where the file has no names. */
export async function* readRows(bytes: Readable, format: FileFormat): AsyncGenerator<FileRow, void, void> {
  if (format.header_row === 0) yield { row: 0, cells: [] }
  yield* rowsOf(bytes, format)
}

/** From the row of names, as far as it is known, or else from the first. Rows without any value are counted but not yielded. */
export async function* rowsOf(bytes: Readable, format: FileFormat): AsyncGenerator<FileRow, void, void> {
  const parser = parse({
    delimiter: format.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    ltrim: format.spaced,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
  })
  const text = format.encoding === 'utf-8' ? bytes : bytes.pipe(decode(format.encoding))
  const fail = (error: Error) => parser.destroy(error)
  bytes.on('error', fail)
  text.on('error', fail)
  text.pipe(parser)
  const begins = format.header_row || (format.declared ? 2 : 1)
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      if (row < begins) continue
      if (cells.some(hasText)) yield { row, cells }
    }
  } catch (error) {
    throw isCsvError(error) ? broken(error, parser.info.lines) : error
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}

const hasText = (cell: string) => cell !== '' && cell.trim() !== ''

function decode(encoding: string): Transform {
  const decoder = new TextDecoder(encoding)
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  })
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

function broken(error: CsvError, line: number): Problem {
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return refuseFile('row_too_long', line, 'the row is longer than 1 MB; a quote may be left open before it')
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return refuseFile('quote_not_closed', line, 'a quote is left open, so the file ends inside a value')
  return refuseFile('csv_broken', line, error.message.slice(0, 200))
}

export function refuseFile(code: FieldCode, line: number, reason: string): Problem {
  return invalidField('file', code, `Line ${line}: ${reason}`)
}
