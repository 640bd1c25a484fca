import { useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'
import { mayEditCell } from './cellValue.ts'
import { HEADER_ROW, focusPlace } from './gridState.ts'
import type { GridState, Ground, Place } from './gridState.ts'
import type { DataColumn } from './types.ts'

type GridPointerOptions<Row> = {
  state: GridState
  ground: Ground
  setState: (state: GridState) => void
  rowOf: (index: number) => Row | undefined
  columnOf: (id: string) => DataColumn<Row> | undefined
  open: (row: Row) => void
  onRowHover: ((row: Row) => void) | undefined
  toggleRow: (rowId: string, extend: boolean) => void
  toggleAll: () => void
  sortBy: (columnId: string, add: boolean) => void
}

/** Time the pointer rests on a row before it counts as meant: sweeping over the list fetches nothing. */
const HOVER_MS = 60

function placeOf(event: MouseEvent): Place | null {
  if (!(event.target instanceof Element)) return null
  const cell = event.target.closest<HTMLElement>('[data-col]')
  const row = cell?.closest<HTMLElement>('[data-row]')?.dataset['row']
  return cell && row !== undefined ? { row: Number(row), col: Number(cell.dataset['col']) } : null
}

function isIn(event: MouseEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null
}

/** One set of listeners on the grid instead of several on each cell. */
export function useGridPointer<Row>(options: GridPointerOptions<Row>) {
  const { state, ground, setState, rowOf, columnOf, open, onRowHover, toggleRow, toggleAll, sortBy } = options
  const dragging = useRef(false)
  const hover = useRef<{ row: Row | undefined; timer: number }>({ row: undefined, timer: 0 })

  useEffect(() => {
    const stop = () => {
      dragging.current = false
    }
    window.addEventListener('mouseup', stop)
    return () => window.removeEventListener('mouseup', stop)
  }, [])

  function onMouseDown(event: MouseEvent) {
    if (event.button !== 0 || isIn(event, '[data-editor], [data-resizer]')) return
    const place = placeOf(event)
    if (!place) return
    // Leaving an open editor saves it; its blur must come before the focus moves.
    if (state.editing && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const inBody = place.row !== HEADER_ROW && place.col > 0
    dragging.current = inBody && !isIn(event, 'a, button')
    const extend = event.shiftKey && inBody && state.focus?.rowId != null
    setState(focusPlace(state, place, ground, { extend, mode: inBody && place.col > 1 ? 'cell' : 'row' }))
    if (place.row === HEADER_ROW) return
    // The browser would put its focus (and a text selection) where the mouse is; the grid does it itself.
    if (!isIn(event, 'a')) event.preventDefault()
  }

  function onMouseOver(event: MouseEvent) {
    const place = placeOf(event)
    if (!place || place.row === HEADER_ROW) return
    if (dragging.current && event.buttons === 1 && place.col > 0) {
      setState(focusPlace(state, place, ground, { extend: true }))
      return
    }
    const row = rowOf(place.row)
    if (row === undefined || row === hover.current.row || !onRowHover) return
    window.clearTimeout(hover.current.timer)
    hover.current = { row, timer: window.setTimeout(() => onRowHover(row), HOVER_MS) }
  }

  function onMouseLeave() {
    window.clearTimeout(hover.current.timer)
    hover.current = { row: undefined, timer: 0 }
  }

  function onClick(event: MouseEvent) {
    const place = placeOf(event)
    if (!place || isIn(event, '[data-resizer]')) return
    const columnId = ground.columnIds[place.col]
    if (place.row === HEADER_ROW && place.col > 0 && columnId !== undefined) sortBy(columnId, event.shiftKey)
    if (place.col !== 0) return
    const rowId = ground.rowIdAt(place.row)
    if (place.row === HEADER_ROW) toggleAll()
    else if (rowId !== undefined) toggleRow(rowId, event.shiftKey)
  }

  function onDoubleClick(event: MouseEvent) {
    const place = placeOf(event)
    if (!place || place.row === HEADER_ROW || place.col === 0) return
    if (isIn(event, 'a, button, [data-editor]')) return
    const row = rowOf(place.row)
    const rowId = ground.rowIdAt(place.row)
    const column = columnOf(ground.columnIds[place.col] ?? '')
    if (row === undefined || rowId === undefined || !column) return
    if (!mayEditCell(column, row)) {
      open(row)
      return
    }
    const next = focusPlace(state, place, ground, { mode: 'cell' })
    setState({ ...next, editing: { rowId, columnId: column.id, typed: null } })
  }
  return { onMouseDown, onMouseOver, onMouseLeave, onClick, onDoubleClick }
}
