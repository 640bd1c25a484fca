import { TriangleAlert } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import type { Format } from '../format.ts'
import { CellContent } from './CellContent.tsx'
import { CellEditor } from './CellEditor.tsx'
import type { Editing } from './gridState.ts'
import type { RowActions } from './TableRow.tsx'
import type { CellFailure } from './useCellEdits.ts'
import type { DataColumn } from './types.ts'

type TableCellProps<Row> = {
  column: DataColumn<Row>
  row: Row
  rowId: string
  col: number
  format: Format
  actions: RowActions<Row>
  focused: boolean
  ringed: boolean
  inRange: boolean
  editing: Editing | null
  failure: CellFailure | undefined
}

export function TableCell<Row>(props: TableCellProps<Row>) {
  const { column, row, rowId, col, format, actions, focused, ringed, inRange, editing, failure } = props
  const { t } = useTranslation()
  const first = col === 1
  const content = <CellContent column={column} row={row} format={format} />
  return (
    <div
      role="gridcell"
      aria-colindex={col + 1}
      aria-invalid={failure !== undefined || undefined}
      data-col={col}
      tabIndex={focused && editing === null ? 0 : -1}
      title={failure ? t('table.edit.not_saved', { reason: failure.message }) : undefined}
      className={cx(
        'relative flex min-w-0 cursor-default items-center px-2.5 text-13 select-none',
        column.align === 'end' && 'justify-end text-right tabular',
        first && 'font-medium group-data-scrolled/grid:border-r group-data-scrolled/grid:border-line',
        inRange && 'bg-selected!',
        ringed ? 'focus:outline-2 focus:-outline-offset-2 focus:outline-focus' : 'outline-none',
        failure && 'shadow-[inset_0_0_0_1px_var(--danger)]',
      )}
    >
      <span data-content className="flex min-w-0 items-center">
        {first ? <OpenLink row={row} actions={actions} content={content} /> : content}
      </span>
      {failure ? <TriangleAlert className="ml-auto size-3.5 shrink-0 text-danger" aria-hidden /> : null}
      {editing ? (
        <CellEditor
          column={column}
          row={row}
          typed={editing.typed}
          failure={failure}
          onCommit={(value, after) => actions.commit(rowId, column.id, value, after)}
          onClose={actions.closeEditor}
        />
      ) : null}
    </div>
  )
}

type OpenLinkProps<Row> = { row: Row; actions: RowActions<Row>; content: ReactNode }

const OPEN = 'flex min-w-0 items-center truncate text-left hover:underline hover:underline-offset-3'

/** The first column opens the row; as a link it opens in a new tab as well. */
function OpenLink<Row>({ row, actions, content }: OpenLinkProps<Row>) {
  const href = actions.hrefOf?.(row)
  if (href === undefined) {
    return (
      <button type="button" tabIndex={-1} onClick={() => actions.open(row)} className={OPEN}>
        {content}
      </button>
    )
  }
  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    actions.open(row)
  }
  return (
    <a href={href} tabIndex={-1} draggable={false} onClick={onClick} className={OPEN}>
      {content}
    </a>
  )
}
