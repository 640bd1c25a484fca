import type { ReactNode } from 'react'
import type { ComboboxOption } from '../ComboboxPopup.tsx'
import type { ColumnType } from '../fields/fieldTypes.ts'
import type { CellValue, FieldEditorProps } from '../fields/types.ts'
import type { RowHeading } from './lines.ts'

export type CellOption = ComboboxOption

export type DataColumn<Row> = {
  id: string
  /** Translated by the caller. */
  header: string
  type: ColumnType
  /** Pixels, until the person drags it elsewhere. */
  width?: number
  sortable?: boolean
  editable?: boolean | ((row: Row) => boolean)
  align?: 'start' | 'end'
  /** For select, multi_select and user; by row where not every row has the same choices. */
  options?: readonly CellOption[] | ((row: Row) => readonly CellOption[])
  /** ISO 4217, for money. */
  currency?: string | ((row: Row) => string)
  /** Defaults to the row's property of the column's id. */
  value?: (row: Row) => unknown
  /** Lays an editor of its own over the cell: for what is chosen among more than a list can hold. */
  editor?: (props: FieldEditorProps & { row: Row }) => ReactNode
  /** What pasted text stands for, where only the server knows; undefined when for nothing. */
  find?: (text: string) => Promise<CellValue | undefined>
  /** Replaces how the value looks; copy, paste and editing still follow `type`. */
  render?: (row: Row) => ReactNode
  /** A reason why the value cannot be, already translated. */
  validate?: (value: CellValue, row: Row) => string | null
  /** A sum or an average below the column. */
  footer?: ReactNode
  /** False keeps it on screen and out of the columns menu. */
  hideable?: boolean
}

export type SortKey = { id: string; desc: boolean }

/** Plain JSON, so that the caller can keep it in a URL, in local storage or in a saved view. */
export type ColumnState = {
  /** Ids from left to right; columns not named come after, in their own order. */
  order: readonly string[]
  hidden: readonly string[]
  /** Pixels by column id. */
  widths: Readonly<Record<string, number>>
}

export const DEFAULT_COLUMN_STATE: ColumnState = { order: [], hidden: [], widths: {} }

/** How a row looks on a phone, where there is no room for columns. */
export type CompactRow<Row> = {
  title: (row: Row) => ReactNode
  subtitle?: (row: Row) => ReactNode
  meta?: (row: Row) => ReactNode
  leading?: (row: Row) => ReactNode
  /** What is done to the row where it stands, before its text: nothing that opens it. */
  control?: (row: Row) => ReactNode
}

export type DataTableProps<Row> = {
  /** Names the grid for screen readers. */
  label: string
  /** The first one stays in sight when scrolling sideways, and opens the row. Keep the array stable. */
  columns: readonly DataColumn<Row>[]
  /** All rows loaded so far, in order. */
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** How many there are on the server, when known. */
  total?: number | undefined
  /** True while the first page is on its way: shows a skeleton. */
  loading?: boolean
  hasMore?: boolean
  /** Called some screens before the end; again only after `rows` has grown. */
  onLoadMore?: () => void
  sort: readonly SortKey[]
  onSortChange: (sort: SortKey[]) => void
  selection: ReadonlySet<string>
  onSelectionChange: (selection: Set<string>) => void
  columnState: ColumnState
  onColumnStateChange: (state: ColumnState) => void
  onOpenRow: (row: Row) => void
  /** Makes the first column a real link, so that it opens in a new tab too. */
  rowHref?: (row: Row) => string
  onRowHover?: (row: Row) => void
  /** Show the new value at once; a rejection brings the typed value back with the error's message. */
  onEdit?: (rowId: string, columnId: string, value: CellValue) => Promise<unknown>
  /** Rows that someone else has just changed. */
  highlightedIds?: ReadonlySet<string>
  /** The row shown in a side panel, marked as current. */
  openRowId?: string | null | undefined
  /** Headings between the rows, which are then all there is: no further page is asked for. */
  headings?: readonly RowHeading[] | undefined
  empty?: ReactNode
  compact: CompactRow<Row>
  className?: string
}
