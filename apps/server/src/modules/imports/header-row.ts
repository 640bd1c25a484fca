/**
 * Where the names of the columns stand. Reports begin with a title, a date or notes, which have a cell or two; the
 * table begins with the first row that is about as full as the others.
 */
import type { FileRow } from './rows.ts'

const rowsLookedAt = 50
/** Cells and their signs: rows of a hostile file may have a million each. */
const signsLookedAt = 1_000_000

/** The place of the first row that belongs to the table, by how many cells each of the first rows has. */
export function tableBegins(counts: readonly number[]): number {
  const place = counts.findIndex((count, at) => count * 3 > usual(counts.slice(at)))
  return Math.max(place, 0)
}

/** Most rows have no more. A single one that was cut into too many cells says nothing. */
const usual = (counts: readonly number[]): number =>
  counts.toSorted((a, b) => a - b)[Math.floor((counts.length - 1) * 0.75)] ?? 0

type Table = { header: FileRow; below: AsyncIterable<FileRow> }

/**
 * The header and the rows below it; undefined where there is no row. A file without names has an empty header, of
 * row 0, as wide as its first rows.
 * @param told the row that somebody chose, from which `rows` begin
 */
export async function findHeader(
  rows: AsyncGenerator<FileRow, void, void>,
  told: number | undefined,
): Promise<Table | undefined> {
  const first: FileRow[] = []
  let signs = 0
  while (first.length < rowsLookedAt && signs < signsLookedAt) {
    const next = await rows.next()
    if (next.done) break
    first.push(next.value)
    for (const cell of next.value.cells) signs += cell.length + 1
  }
  const place = told === undefined ? placeOfHeader(first) : 0
  const header = first[place]
  if (!header) return undefined
  const isNameless = told === undefined ? place === 0 && isData(header) : told === 0
  if (!isNameless) return { header, below: chained(first.slice(place + 1), rows) }
  const width = Math.max(...first.map(({ cells }) => cells.length))
  return { header: { row: 0, cells: Array.from({ length: width }, () => '') }, below: chained(first, rows) }
}

const dataForm = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|(?:https?:\/\/|www\.)\S+|\+\d[\d\s().-]{6,20})$/i
/** Nobody calls a column by an address or a telephone number; days stand above columns of figures. */
const isData = ({ cells }: FileRow): boolean => cells.some((cell) => dataForm.test(cell.trim()))

/** An empty row parts a title of any kind from the table, if what is above has fewer cells. */
function placeOfHeader(rows: readonly FileRow[]): number {
  const counts = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length)
  const most = usual(counts)
  const table = counts.findIndex((count) => count >= most)
  const parted = rows.findLastIndex(
    ({ row }, at) => at > 0 && at <= table && row - (rows[at - 1]?.row ?? row) > 1,
  )
  const above = Math.max(parted, 0)
  return above + tableBegins(counts.slice(above))
}

async function* chained(
  first: readonly FileRow[],
  rest: AsyncIterable<FileRow>,
): AsyncGenerator<FileRow, void, void> {
  yield* first
  yield* rest
}
