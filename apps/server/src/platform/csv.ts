import { guard } from './formula-guard.ts'

/** Without it Excel reads UTF-8 as the machine's old code page. */
export const byteOrderMark = '\uFEFF'

/** One line of a CSV file (RFC 4180), with cells that no spreadsheet program takes for a formula. */
export const csvLine = (cells: readonly string[], delimiter = ','): string =>
  `${cells.map((cell) => quote(guard(cell), delimiter)).join(delimiter)}\r\n`

function quote(cell: string, delimiter: string): string {
  const needsQuotes = cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell)
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell
}
