import { CompactList } from './CompactList.tsx'
import { GridTable } from './GridTable.tsx'
import type { DataTableProps } from './types.ts'
import { useMedia } from './useMedia.ts'

/**
 * The one table of the product: virtualised, sorted and filtered by the server, editable in place, usable from the
 * keyboard alone. On a phone the same rows are a list of two lines each. Keep `columns`, `rowId` and the callbacks
 * stable between renders; rows are drawn again only when what they show changes.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const isPhone = useMedia('(max-width: 639px)')
  return isPhone ? <CompactList {...props} /> : <GridTable {...props} />
}
