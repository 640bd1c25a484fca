/** The rows that failed, as they came, with the reason in a last column: to correct and import again. */
import type { Actor } from '../../platform/actor.ts'
import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { errorColumn } from './layout.ts'
import { listErrors, type ImportRow } from './repository.ts'

const rowsAtOnce = 500

export async function* writeErrorFile(
  tenancy: Pick<Tenancy, 'inTenant'>,
  actor: Actor,
  { id, layout }: ImportRow,
): AsyncGenerator<string, void, void> {
  const { delimiter } = layout.format
  const names = layout.columns.map((column) => column.name)
  // The file may itself be a corrected error file: its reasons give way to the new ones.
  const width = names.at(-1) === errorColumn ? names.length - 1 : names.length
  yield byteOrderMark + csvLine([...names.slice(0, width), errorColumn], delimiter)
  let after = 0
  for (;;) {
    const rows = await tenancy.inTenant(actor, (ctx) => listErrors(ctx, id, after, rowsAtOnce))
    yield rows
      .map(({ cells, column_name, message }) => {
        const padded = Array.from({ length: width }, (_, index) => cells[index] ?? '')
        const reason = column_name === null ? message : `${column_name}: ${message}`
        return csvLine([...padded, reason, ...cells.slice(names.length)], delimiter)
      })
      .join('')
    after = rows.at(-1)?.row ?? after
    if (rows.length < rowsAtOnce) return
  }
}

/** `Leads março.csv` → headers that every browser saves as `Leads março-errors.csv`. */
export function attachmentHeader(file_name: string): string {
  const name = `${file_name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 100)}-errors.csv`
  const ascii = name.replace(/[^\w.-]+/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
