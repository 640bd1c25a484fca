import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import type { Format } from '../format.ts'
import type { AfterEdit, CellValue } from '../fields/types.ts'
import type { Editing, GridState } from './gridState.ts'
import { RowTick } from './RowTick.tsx'
import { TableCell } from './TableCell.tsx'
import type { SizedColumn } from './useColumnModel.ts'
import type { RowFailures } from './useCellEdits.ts'

/** What cells may ask of the table; the object never changes, so rows need not be drawn again for it. */
export type RowActions<Row> = {
  open: (row: Row) => void
  hrefOf: ((row: Row) => string) | undefined
  commit: (rowId: string, columnId: string, value: CellValue, after: AfterEdit) => void
  closeEditor: (after: AfterEdit) => void
}

export type TableRowProps<Row> = {
  row: Row
  rowId: string
  index: number
  top: number
  columns: readonly SizedColumn<Row>[]
  format: Format
  actions: RowActions<Row>
  /** Column of the focused cell when it is in this row, else -1. */
  focusCol: number
  mode: GridState['mode']
  rangeFrom: number
  rangeTo: number
  editing: Editing | null
  failures: RowFailures | undefined
  selected: boolean
  highlighted: boolean
  current: boolean
}

export const ROW =
  'group/row grid min-w-full border-b border-line bg-base ' +
  'bg-[linear-gradient(var(--row-tint),var(--row-tint))] [grid-template-columns:var(--columns)]'

const BODY_ROW =
  'absolute left-0 h-row w-full [--row-tint:transparent] hover:[--row-tint:var(--surface-hover)] ' +
  'data-current:[--row-tint:var(--surface-active)] aria-selected:[--row-tint:var(--surface-selected)]'

/** In row mode the ring is drawn around the whole row, over its sticky cells. */
const ROW_RING =
  'after:pointer-events-none after:absolute after:inset-0 after:z-3 has-[[role=gridcell]:focus-visible]:after:outline-2 ' +
  'after:-outline-offset-2 after:outline-focus'

/**
 * The tick and the first column, in one box that sticks only while the grid is scrolled sideways: each sticky box is a
 * layer of its own to the browser, and eighty of them halved the frame rate of plain scrolling.
 */
const PINNED =
  'col-span-2 grid [background:inherit] [grid-template-columns:subgrid] group-data-scrolled/grid:sticky ' +
  'group-data-scrolled/grid:left-0 group-data-scrolled/grid:z-2'

function TableRowView<Row>(props: TableRowProps<Row>) {
  const { row, rowId, index, top, columns, focusCol, mode, rangeFrom, rangeTo, editing, selected } = props
  const { t } = useTranslation()
  const cells = columns.map(({ column }, position) => (
    <TableCell
      key={column.id}
      column={column}
      row={row}
      rowId={rowId}
      col={position + 1}
      format={props.format}
      actions={props.actions}
      focused={focusCol === position + 1}
      ringed={mode === 'cell'}
      inRange={position + 1 >= rangeFrom && position + 1 <= rangeTo}
      editing={editing?.columnId === column.id ? editing : null}
      failure={props.failures?.get(column.id)}
    />
  ))
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={props.current || undefined}
      data-current={props.current || undefined}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
      className={cx(
        ROW,
        BODY_ROW,
        mode === 'row' && ROW_RING,
        props.highlighted && 'animate-glow',
        editing !== null && 'z-3',
      )}
    >
      <div role="none" className={PINNED}>
        <div
          role="gridcell"
          aria-colindex={1}
          data-col={0}
          tabIndex={focusCol === 0 ? 0 : -1}
          className="flex cursor-default items-center justify-center outline-none"
        >
          <RowTick state={selected} label={t('table.select_row')} quiet />
        </div>
        {cells[0]}
      </div>
      {cells.slice(1)}
    </div>
  )
}

export const TableRow = memo(TableRowView) as typeof TableRowView
