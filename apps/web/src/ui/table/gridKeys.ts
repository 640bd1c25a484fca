import type { KeyboardEvent } from 'react'
import { fieldTypes, type ColumnType } from '../fields/fieldTypes.ts'
import { mayEditCell } from './cellValue.ts'
import {
  HEADER_ROW,
  SELECT_COLUMN,
  focusPlace,
  leave,
  locate,
  rangeOf,
  step,
  stepThrough,
} from './gridState.ts'
import type { CellRange, GridState, Ground, Place, Step } from './gridState.ts'
import type { DataColumn } from './types.ts'

/** What a key can do to the table. */
export type GridCommands<Row> = {
  state: GridState
  ground: Ground
  columnOf: (id: string) => DataColumn<Row> | undefined
  rowOf: (index: number) => Row | undefined
  pageRows: () => number
  setState: (state: GridState) => void
  open: (row: Row) => void
  toggleRow: (rowId: string, extend: boolean) => void
  selectAll: (on: boolean) => void
  hasSelection: boolean
  clearCells: (range: CellRange) => void
  sortBy: (columnId: string, add: boolean) => void
  nudgeWidth: (columnId: string, by: number) => void
  nudgeColumn: (columnId: string, by: 1 | -1) => void
}

const MOVES: Record<string, Step> = {
  ArrowUp: { rows: -1 },
  ArrowDown: { rows: 1 },
  ArrowLeft: { cols: -1, mode: 'cell' },
  ArrowRight: { cols: 1, mode: 'cell' },
}

/** True when the key was for the grid. What it does not take goes on to the shortcuts of the page. */
export function handleGridKey<Row>(event: KeyboardEvent, grid: GridCommands<Row>): boolean {
  const at = locate(grid.state.focus, grid.ground)
  if (at === null) return false
  if (at.row === HEADER_ROW && handleHeaderKey(event, grid, at)) return true
  return moveByKey(event, grid, at) || actByKey(event, grid, at)
}

function handleHeaderKey<Row>(event: KeyboardEvent, grid: GridCommands<Row>, at: Place): boolean {
  const columnId = grid.ground.columnIds[at.col]
  if (columnId === undefined) return false
  const press = event.key === 'Enter' || event.key === ' '
  if (columnId === SELECT_COLUMN) {
    if (press) grid.selectAll(!grid.hasSelection)
    return press
  }
  const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (press) grid.sortBy(columnId, event.shiftKey)
  else if (side !== 0 && event.shiftKey) grid.nudgeWidth(columnId, side * 16)
  else if (side !== 0 && event.altKey) grid.nudgeColumn(columnId, side)
  else return false
  return true
}

function moveByKey<Row>(event: KeyboardEvent, grid: GridCommands<Row>, at: Place): boolean {
  const { state, ground, setState } = grid
  const mod = event.ctrlKey || event.metaKey
  const extend = event.shiftKey
  const lastRow = ground.rowCount - 1
  const lastCol = ground.columnIds.length - 1
  const go = (place: Place, mode: GridState['mode'] = state.mode) =>
    setState(focusPlace(state, place, ground, { extend, mode }))

  const move = MOVES[event.key]
  if (move && !event.altKey) {
    if (mod && move.rows) go({ row: move.rows > 0 ? lastRow : 0, col: at.col })
    else if (mod && move.cols) go({ row: at.row, col: move.cols > 0 ? lastCol : 1 }, 'cell')
    else setState(step(state, ground, { ...move, extend }))
    return true
  }
  if (event.altKey) return false
  switch (event.key) {
    case 'Home':
      go({ row: mod ? 0 : at.row, col: 1 })
      return true
    case 'End':
      go({ row: mod ? lastRow : at.row, col: lastCol })
      return true
    case 'PageDown':
    case 'PageUp': {
      const page = grid.pageRows() * (event.key === 'PageDown' ? 1 : -1)
      go({ row: Math.max(0, Math.min(lastRow, at.row + page)), col: at.col })
      return true
    }
    case 'Tab': {
      // In row mode Tab leaves the grid: Escape and then Tab is the way out for the keyboard.
      const next = state.mode === 'cell' && !mod ? stepThrough(state, ground, event.shiftKey ? -1 : 1) : null
      if (next) setState(next)
      return next !== null
    }
    default:
      return false
  }
}

function actByKey<Row>(event: KeyboardEvent, grid: GridCommands<Row>, at: Place): boolean {
  const { state, ground } = grid
  const mod = event.ctrlKey || event.metaKey
  if (mod && event.key.toLowerCase() === 'a') {
    grid.selectAll(true)
    return true
  }
  if (event.key === 'Escape') return handleEscape(grid)
  const rowId = at.row === HEADER_ROW ? undefined : ground.rowIdAt(at.row)
  const row = grid.rowOf(at.row)
  const columnId = ground.columnIds[at.col]
  if (rowId === undefined || row === undefined || columnId === undefined || event.altKey) return false

  const column = grid.columnOf(columnId)
  const editable = column !== undefined && mayEditCell(column, row)
  const edit = (id: string, typed: string | null) =>
    grid.setState({
      focus: { rowId, columnId: id, row: at.row },
      anchor: null,
      mode: 'cell',
      editing: { rowId, columnId: id, typed },
    })

  if (event.key === 'Enter') {
    if (columnId === SELECT_COLUMN) grid.toggleRow(rowId, event.shiftKey)
    else if (editable && state.mode === 'cell' && !mod) edit(columnId, null)
    else grid.open(row)
    return true
  }
  if (mod) return false
  if (event.key === 'F2' && editable) {
    edit(columnId, null)
    return true
  }
  if ((event.key === 'Delete' || event.key === 'Backspace') && state.mode === 'cell' && column) {
    const own = { fromRow: at.row, toRow: at.row, fromCol: at.col, toCol: at.col }
    grid.clearCells(rangeOf(state, ground) ?? own)
    return true
  }
  if (editable && state.mode === 'cell' && column && takesTyping(column.type, event.key)) {
    edit(columnId, event.key)
    return true
  }
  return pressShortcut(event, grid, { at, rowId, row, edit })
}

type ShortcutSpot<Row> = {
  at: Place
  rowId: string
  row: Row
  edit: (columnId: string, typed: string | null) => void
}

function pressShortcut<Row>(event: KeyboardEvent, grid: GridCommands<Row>, spot: ShortcutSpot<Row>): boolean {
  const { at, rowId, row, edit } = spot
  const { state, ground } = grid
  switch (event.key) {
    case 'j':
    case 'k':
      grid.setState(
        focusPlace(state, { row: Math.max(0, at.row + (event.key === 'j' ? 1 : -1)), col: at.col }, ground, {
          mode: 'row',
        }),
      )
      return true
    case 'x':
    case 'X':
      grid.toggleRow(rowId, event.shiftKey)
      return true
    case ' ':
      if (ground.columnIds[at.col] === SELECT_COLUMN) grid.toggleRow(rowId, event.shiftKey)
      else grid.open(row)
      return true
    case 'e': {
      const mayEdit = (id: string) => {
        const column = grid.columnOf(id)
        return column !== undefined && mayEditCell(column, row)
      }
      const own = ground.columnIds[at.col]
      const id = own !== undefined && mayEdit(own) ? own : ground.columnIds.find(mayEdit)
      if (id !== undefined) edit(id, null)
      return id !== undefined
    }
    default:
      return false
  }
}

function handleEscape<Row>(grid: GridCommands<Row>): boolean {
  const next = leave(grid.state)
  if (next) grid.setState(next)
  else if (grid.hasSelection) grid.selectAll(false)
  else return false
  return true
}

/** Letters begin an edit only where a letter can be meant; elsewhere they stay shortcuts. */
export function takesTyping(type: ColumnType, key: string): boolean {
  if (Array.from(key).length !== 1 || key === ' ') return false
  return fieldTypes[type].begins?.test(key) ?? true
}
