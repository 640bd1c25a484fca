/** Lines of CSV (RFC 4180), as many together as are read. Plain texts come guarded from the database. */
import { byteOrderMark } from '../../platform/csv.ts'
import { guard } from '../../platform/formula-guard.ts'
import { separator, takerApart, type Column } from './columns.ts'
import type { Localize } from './localize.ts'
import type { Batch } from './read.ts'

type Options = { columns: readonly Column[]; delimiter: string; localize: Localize | null }

export async function* csvFile(
  batches: AsyncIterable<Batch>,
  { columns, delimiter, localize }: Options,
): AsyncGenerator<string> {
  const special = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`)
  /** One look at a whole row tells whether a value has to be quoted, which few have. */
  const unusual = new RegExp(`["\\r\\n${delimiter}]|(?:^|${separator})\\s|\\s(?:${separator}|$)`)
  const quote = (cell: string) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const takeApart = takerApart(columns)
  const writers = columns.map(({ kind, is_plain }) => {
    if (kind === 'text') return is_plain ? quote : (cell: string) => quote(guard(cell))
    return localize ? (cell: string) => quote(localize[kind](cell)) : quote
  })
  const always = columns.flatMap(({ kind, is_plain }, place) =>
    (kind === 'text' ? !is_plain : localize) ? [place] : [],
  )
  const places = columns.map((_, place) => place)
  yield `${byteOrderMark}${columns.map(({ heading }) => quote(guard(heading))).join(delimiter)}\r\n`
  for await (const lines of batches) {
    let text = ''
    for (const line of lines) {
      const cells = takeApart(line)
      for (const place of unusual.test(line) ? places : always) {
        const cell = cells[place] ?? ''
        if (cell !== '') cells[place] = writers[place]?.(cell) ?? ''
      }
      text += `${cells.join(delimiter)}\r\n`
    }
    yield text
  }
}
