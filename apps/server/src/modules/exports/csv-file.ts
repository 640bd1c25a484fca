/** Lines of CSV (RFC 4180) of cells, a few thousand together. Only texts can be taken for formulas. */
import { byteOrderMark } from '../../platform/csv.ts'
import { guard } from '../../platform/formula-guard.ts'
import type { Column } from './columns.ts'
import type { Localize } from './localize.ts'

type Options = { columns: readonly Column[]; delimiter: string; localize: Localize | null }
type Batches = AsyncIterable<readonly (readonly string[])[]>

export async function* csvFile(
  batches: Batches,
  { columns, delimiter, localize }: Options,
): AsyncGenerator<string> {
  // One look at a cell tells whether it can be written as it is, which most can.
  const unusual = new RegExp(`^['=+\\-@\\s]|["\\r\\n${delimiter}]|\\s$`)
  const special = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`)
  const quote = (cell: string) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const writeText = (cell: string) => (unusual.test(cell) ? quote(guard(cell)) : cell)
  const writers = columns.flatMap(({ kind }, place) => {
    if (kind === 'text') return [{ place, write: writeText }]
    return localize ? [{ place, write: (cell: string) => quote(localize[kind](cell)) }] : []
  })
  yield `${byteOrderMark}${columns.map(({ heading }) => writeText(heading)).join(delimiter)}\r\n`
  for await (const rows of batches) {
    let text = ''
    for (const row of rows) {
      const cells = [...row]
      for (const { place, write } of writers) {
        const cell = cells[place] ?? ''
        if (cell !== '') cells[place] = write(cell)
      }
      text += `${cells.join(delimiter)}\r\n`
    }
    yield text
  }
}
