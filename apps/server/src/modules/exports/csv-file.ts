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
  const special = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`)
  const quote = (cell: string) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const write = columns.map(({ kind }): ((cell: string) => string) => {
    if (kind === 'text') return (cell) => (cell === '' ? cell : quote(guard(cell)))
    return localize ? (cell) => (cell === '' ? cell : quote(localize[kind](cell))) : (cell) => cell
  })
  yield `${byteOrderMark}${columns.map(({ heading }) => quote(guard(heading))).join(delimiter)}\r\n`
  for await (const rows of batches) {
    let text = ''
    for (const cells of rows) {
      for (let place = 0; place < write.length; place += 1)
        text += `${place === 0 ? '' : delimiter}${write[place]?.(cells[place] ?? '') ?? ''}`
      text += '\r\n'
    }
    yield text
  }
}
