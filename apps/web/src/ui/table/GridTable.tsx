import { useCallback, useMemo, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { handleGridKey } from './gridKeys.ts'
import { HEADER_ROW, rangeOf } from './gridState.ts'
import { HeadingRow } from './HeadingRow.tsx'
import { linesOf, type RowHeading } from './lines.ts'
import { SkeletonLines } from './SkeletonLines.tsx'
import { TableFooter } from './TableFooter.tsx'
import { TableHeader } from './TableHeader.tsx'
import { TableRow } from './TableRow.tsx'
import { DEFAULT_COLUMN_STATE } from './types.ts'
import type { DataTableProps } from './types.ts'
import { useAnnouncer } from './useAnnouncer.ts'
import { useCellEdits } from './useCellEdits.ts'
import { useClipboard } from './useClipboard.ts'
import { moveColumn, useColumnModel } from './useColumnModel.ts'
import { useGridFocus } from './useGridFocus.ts'
import { useGridPointer } from './useGridPointer.ts'
import { useGround } from './useGround.ts'
import { useMedia } from './useMedia.ts'
import { useRowActions } from './useRowActions.ts'
import { useRowSelection } from './useRowSelection.ts'
import { useRowWindow } from './useRowWindow.ts'

const TICK_WIDTH = 40
/** Room at the right end, so that the columns button never covers the last column. */
const END_WIDTH = 48
const NO_IDS: ReadonlySet<string> = new Set()

export function GridTable<Row>(props: DataTableProps<Row>) {
  const { rows, rowId, selection, onSelectionChange, columnState, onColumnStateChange } = props
  const { hasMore = false, loading = false, highlightedIds = NO_IDS, onOpenRow } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { message, announce } = useAnnouncer()
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = useMedia('(pointer: coarse)') ? 44 : 36

  const model = useColumnModel(props)
  const [drag, setDrag] = useState<{ id: string; width: number } | null>(null)
  const columns = model.visible
  const widths = columns.map(({ column, width }) => (drag?.id === column.id ? drag.width : width))
  const template = [TICK_WIDTH, ...widths, END_WIDTH].map((width) => `${width}px`).join(' ')
  const geometry = useMemo(() => ({ rowHeight, edges: edgesOf(template) }), [rowHeight, template])

  const { headings } = props
  const lines = useMemo(() => linesOf(rows, headings), [rows, headings])
  const { ground, rowOf, columnOf } = useGround(lines, rowId, columns)
  const focus = useGridFocus(scroller, ground, geometry)
  const { state, place, setState } = focus
  const { toggleRow, selectAll } = useRowSelection({
    selection,
    onSelectionChange: (ids) => onSelectionChange(withoutHeadings(ids, headings)),
    ground,
  })
  const { failures, save } = useCellEdits(props.onEdit, announce)
  const clipboard = useClipboard({ state, ground, rowOf, columnOf, save, announce })
  const actions = useRowActions({ state, ground, setState, save, open: onOpenRow, hrefOf: props.rowHref })
  const pointer = useGridPointer({
    state,
    ground,
    setState,
    rowOf,
    columnOf,
    open: onOpenRow,
    onRowHover: props.onRowHover,
    toggleRow,
    toggleAll: () => selectAll(selection.size === 0),
    sortBy: model.toggleSort,
  })
  const { items, totalSize } = useRowWindow({
    scroller,
    count: lines.count + (hasMore && rows.length > 0 ? 3 : 0),
    rowHeight,
    keepRow: place?.row,
    hasMore,
    onLoadMore: props.onLoadMore,
  })

  const moveTo = useCallback(
    (id: string, target: string) => {
      const order = moveColumn(model.allIds, id, target)
      model.setOrder(order)
      const name = columnOf(id)?.header ?? id
      announce(t('table.columns.moved', { name, position: order.indexOf(id) + 1, count: order.length }))
    },
    [model, columnOf, announce, t],
  )

  function onResize(id: string, width: number, done: boolean) {
    setDrag(done ? null : { id, width: Math.max(64, width) })
    if (done) model.setWidth(id, width)
  }

  function onAutoSize(id: string) {
    const col = ground.columnIds.indexOf(id)
    const contents = scroller.current?.querySelectorAll(`[data-col="${col}"] > [data-content] > *`) ?? []
    const widest = Math.max(64, ...Array.from(contents, (content) => content.scrollWidth))
    model.setWidth(id, widest + 28)
  }

  const range = rangeOf(state, ground)
  const hasSelection = selection.size > 0
  const ticked = hasSelection && selection.size >= rows.length ? true : hasSelection ? 'mixed' : false
  const isEmpty = lines.count === 0 && !loading

  return (
    <div className={cx('relative flex min-h-0 min-w-0 flex-1 flex-col bg-base', props.className)}>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rowCountOf(props, lines.count)}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-readonly={props.onEdit === undefined}
        aria-busy={loading}
        tabIndex={place === null ? 0 : -1}
        style={{ '--columns': template } as CSSProperties}
        className="group/grid min-h-0 flex-1 overflow-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
        onScroll={({ currentTarget }) =>
          currentTarget.toggleAttribute('data-scrolled', currentTarget.scrollLeft > 0)
        }
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onCopy={clipboard.onCopy}
        onPaste={clipboard.onPaste}
        onKeyDown={(event) => {
          const inside = event.target instanceof Node && event.currentTarget.contains(event.target)
          if (!inside || state.editing || event.defaultPrevented) return
          const heading = place === null ? undefined : lines.headingAt(place.row)
          if (heading && (event.key === 'Enter' || event.key === ' ')) {
            event.preventDefault()
            heading.onToggle?.()
            return
          }
          const taken = handleGridKey(event, {
            state,
            ground,
            columnOf,
            rowOf,
            setState,
            open: onOpenRow,
            toggleRow,
            selectAll,
            hasSelection,
            clearCells: clipboard.clearCells,
            sortBy: model.toggleSort,
            pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 3),
            nudgeWidth: (id, by) =>
              model.setWidth(id, (columns.find(({ column }) => column.id === id)?.width ?? 0) + by),
            nudgeColumn: (id, by) => {
              const target = ground.columnIds[ground.columnIds.indexOf(id) + by]
              if (target !== undefined) moveTo(id, target)
            },
          })
          if (!taken) return
          event.preventDefault()
          if (event.key === 'Home') event.currentTarget.scrollLeft = 0
        }}
        {...pointer}
      >
        <div className="relative w-max min-w-full">
          <TableHeader
            columns={columns}
            sort={props.sort}
            focusCol={place?.row === HEADER_ROW ? place.col : -1}
            ticked={ticked}
            onResize={onResize}
            onAutoSize={onAutoSize}
            onMove={moveTo}
          />
          {loading ? <SkeletonLines columns={columns.length} rows={14} /> : null}
          {isEmpty ? null : (
            <div role="rowgroup" className="relative" style={{ height: totalSize }}>
              {items.map(({ index, start }) => {
                const focusCol = place?.row === index ? place.col : -1
                const heading = lines.headingAt(index)
                if (heading)
                  return (
                    <HeadingRow
                      key={heading.id}
                      heading={heading}
                      index={index}
                      top={start}
                      columnCount={columns.length + 1}
                      focusCol={focusCol}
                    />
                  )
                const row = lines.rowAt(index)
                if (row === undefined) {
                  return <SkeletonLines key={index} columns={columns.length} rows={1} top={start} />
                }
                const id = rowId(row)
                const inRange = range !== null && index >= range.fromRow && index <= range.toRow
                return (
                  <TableRow
                    key={id}
                    row={row}
                    rowId={id}
                    index={index}
                    top={start}
                    columns={columns}
                    format={format}
                    actions={actions}
                    focusCol={focusCol}
                    mode={place?.row === index ? state.mode : 'row'}
                    rangeFrom={inRange ? range.fromCol : -1}
                    rangeTo={inRange ? range.toCol : -2}
                    editing={state.editing?.rowId === id ? state.editing : null}
                    failures={failures.get(id)}
                    selected={selection.has(id)}
                    highlighted={highlightedIds.has(id)}
                    current={props.openRowId === id}
                  />
                )
              })}
            </div>
          )}
          {isEmpty ? null : (
            <TableFooter
              columns={columns}
              loaded={rows.length}
              total={props.total}
              hasMore={hasMore}
              loading={loading}
              format={format}
            />
          )}
        </div>
      </div>
      {isEmpty ? (
        <div className="absolute inset-x-0 top-row bottom-0 overflow-y-auto bg-base">
          {props.empty ?? <p className="px-6 py-16 text-center text-muted">{t('table.empty')}</p>}
        </div>
      ) : null}
      <div className="absolute top-px right-0 z-5 flex h-[calc(var(--row)-2px)] items-center bg-base pr-3 pl-1">
        <ColumnsMenu
          columns={props.columns}
          allIds={model.allIds}
          hidden={columnState.hidden}
          onHiddenChange={model.setHidden}
          onOrderChange={model.setOrder}
          onReset={() => onColumnStateChange(DEFAULT_COLUMN_STATE)}
        />
      </div>
      <output className="sr-only">{message}</output>
    </div>
  )
}

/** For screen readers; of unknown length while there is more. */
function rowCountOf<Row>({ total, hasMore, headings }: DataTableProps<Row>, lines: number): number {
  if (headings) return lines + 1
  if (total !== undefined) return total + 1
  return hasMore ? -1 : lines + 1
}

/** Headings are stood on, but not ticked. */
function withoutHeadings(ids: Set<string>, headings: readonly RowHeading[] = []): Set<string> {
  for (const { id } of headings) ids.delete(id)
  return ids
}

/** Left edges of all columns, from the template that lays them out. */
function edgesOf(template: string): number[] {
  const edges = [0]
  for (const width of template.split(' ')) edges.push((edges.at(-1) ?? 0) + Number.parseFloat(width))
  return edges
}
