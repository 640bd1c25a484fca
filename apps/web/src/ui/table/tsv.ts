/** Tab-separated cells, as spreadsheets put them on the clipboard: a cell with a tab, a quote or a line break is quoted. */
export function writeTsv(grid: readonly (readonly string[])[]): string {
  return grid.map((cells) => cells.map(quoteCell).join('\t')).join('\n')
}

function quoteCell(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Reads what a spreadsheet wrote. A quote counts only at the start of a cell; the last line break is no row. */
export function readTsv(text: string): string[][] {
  const grid: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? readQuoted(text, at) : readBare(text, at)
    row.push(cell)
    if (text[end] === '\t') {
      at = end + 1
      if (at === text.length) row.push('')
      continue
    }
    grid.push(row)
    row = []
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
  if (row.length > 0) grid.push(row)
  return grid
}

type CellAt = { cell: string; end: number }

function readBare(text: string, start: number): CellAt {
  let end = start
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { cell: text.slice(start, end), end }
}

function readQuoted(text: string, start: number): CellAt {
  let cell = ''
  let at = start + 1
  while (at < text.length) {
    if (text[at] !== '"') cell += text[at]
    else if (text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else {
      const rest = readBare(text, at + 1)
      return { cell: cell + rest.cell, end: rest.end }
    }
    at += 1
  }
  // Nobody closed the quote: it was a plain character.
  return readBare(text, start)
}
