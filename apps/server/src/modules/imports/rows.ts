/** Reads a delimited file row by row, in bounded memory, whatever its encoding and line ends. */
import { Transform, type Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalidField, type Problem } from '../../platform/problems.ts'
import type { FileFormat } from './layout.ts'

const longestRow = 1024 * 1024

/**
 * `row` counts as a spreadsheet does: the header is row 1 when the file starts with it. `is_note` is what a report says
 * below its table: by whom it was made, and whose it is.
 */
export type FileRow = { row: number; cells: string[]; is_note?: true }

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
  const table = new TableEnd()
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      if (row < begins) continue
      const next = { row, cells }
      if (table.holds(next)) continue
      for (const one of table.release()) yield one
      yield next
    }
    for (const note of table.release()) yield { ...note, is_note: true }
  } catch (error) {
    throw isCsvError(error) ? broken(error, parser.info.lines) : error
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}

const hasText = (cell: string) => cell !== '' && cell.trim() !== ''

const mostNotes = 20

/**
 * Notes are the last rows, below an empty one, with a cell each, where every row of the table has more. What may be a
 * note is held until it is known what follows.
 */
class TableEnd {
  #isParted = false
  #hasBegun = false
  #isNarrow = false
  #held: FileRow[] = []

  /** Also a row without any value, of which nothing is kept. */
  holds(next: FileRow): boolean {
    const first = next.cells.findIndex(hasText)
    if (first < 0) {
      this.#isParted = true
      return true
    }
    const isShort = !next.cells.some((cell, at) => at > first && hasText(cell))
    const mayBeNote = isShort && this.#hasBegun && !this.#isNarrow
    if (mayBeNote && this.#isParted && this.#held.length < mostNotes) {
      this.#held.push(next)
      return true
    }
    this.#isNarrow ||= mayBeNote || this.#held.length > 0
    this.#hasBegun ||= !isShort
    this.#isParted = false
    return false
  }

  release(): FileRow[] {
    if (this.#held.length === 0) return none
    const held = this.#held
    this.#held = []
    return held
  }
}
const none: FileRow[] = []

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
