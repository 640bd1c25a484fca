/**
 * Where the keyboard is in the grid, as pure functions.
 *
 * There are two ways to be on a cell. In row mode (coming from Tab, j/k or the first column) letters are shortcuts
 * and Enter opens the row, as in Linear. In cell mode (a click on a cell, or a sideways arrow) typing replaces the
 * cell, as in a spreadsheet. Escape leads from the second to the first. Spots are remembered by id, so that rows
 * arriving or leaving above do not move the focus to another record.
 */
export type Spot = {
  /** Null is the header row. */
  rowId: string | null
  columnId: string
  /** Where the row was last seen: its successor takes over when the row is gone. */
  row: number
}

export type Editing = { rowId: string; columnId: string; typed: string | null }

export type GridState = {
  focus: Spot | null
  /** The other corner of the selected cells. */
  anchor: Spot | null
  mode: 'row' | 'cell'
  editing: Editing | null
}

export const NOWHERE: GridState = { focus: null, anchor: null, mode: 'row', editing: null }
export const HEADER_ROW = -1
export const SELECT_COLUMN = '__select'

/** What there is to stand on. */
export type Ground = {
  rowCount: number
  rowIdAt: (index: number) => string | undefined
  rowIndexOf: (rowId: string) => number | undefined
  /** Starts with SELECT_COLUMN. */
  columnIds: readonly string[]
}

export type Place = { row: number; col: number }
export type CellRange = { fromRow: number; toRow: number; fromCol: number; toCol: number }

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

export function locate(spot: Spot | null, ground: Ground): Place | null {
  if (spot === null) return null
  const found = ground.columnIds.indexOf(spot.columnId)
  const col = found === -1 ? Math.min(1, ground.columnIds.length - 1) : found
  if (spot.rowId === null) return { row: HEADER_ROW, col }
  if (ground.rowCount === 0) return null
  return { row: ground.rowIndexOf(spot.rowId) ?? clamp(spot.row, 0, ground.rowCount - 1), col }
}

export function spotAt(place: Place, ground: Ground): Spot {
  const row = clamp(place.row, HEADER_ROW, ground.rowCount - 1)
  const col = clamp(place.col, 0, ground.columnIds.length - 1)
  const rowId = row === HEADER_ROW ? null : (ground.rowIdAt(row) ?? null)
  return { rowId, columnId: ground.columnIds[col] ?? SELECT_COLUMN, row }
}

export type FocusChange = { mode?: GridState['mode']; extend?: boolean }

export function focusPlace(
  state: GridState,
  place: Place,
  ground: Ground,
  change: FocusChange = {},
): GridState {
  const focus = spotAt(place, ground)
  const { extend = false } = change
  return {
    focus,
    anchor: extend ? (state.anchor ?? state.focus ?? focus) : null,
    mode: extend ? 'cell' : (change.mode ?? state.mode),
    editing: null,
  }
}

export type Step = { rows?: number; cols?: number; extend?: boolean; mode?: GridState['mode'] }

/** A range never reaches into the header or the checkboxes. */
export function step(
  state: GridState,
  ground: Ground,
  { rows = 0, cols = 0, extend, mode }: Step,
): GridState {
  const at = locate(state.focus, ground) ?? { row: Math.min(0, ground.rowCount - 1), col: 1 }
  const lowest = extend ? 0 : HEADER_ROW
  const row = clamp(at.row + rows, lowest, ground.rowCount - 1)
  const col = clamp(at.col + cols, extend ? 1 : 0, ground.columnIds.length - 1)
  return focusPlace(state, { row, col }, ground, { ...(extend && { extend }), ...(mode && { mode }) })
}

/** Tab walks cell by cell and leaves the grid at either end: null says so. */
export function stepThrough(state: GridState, ground: Ground, by: 1 | -1): GridState | null {
  const at = locate(state.focus, ground)
  if (at === null || at.row === HEADER_ROW) return null
  const width = ground.columnIds.length
  const next = at.row * (width - 1) + (at.col - 1) + by
  if (at.col + by < 1 && at.row === 0) return null
  if (next >= ground.rowCount * (width - 1)) return null
  const place = { row: Math.floor(next / (width - 1)), col: (next % (width - 1)) + 1 }
  return focusPlace(state, place, ground, { mode: 'cell' })
}

export function rangeOf(state: GridState, ground: Ground): CellRange | null {
  const from = locate(state.anchor, ground)
  const to = locate(state.focus, ground)
  if (from === null || to === null || from.row === HEADER_ROW || to.row === HEADER_ROW) return null
  return {
    fromRow: Math.min(from.row, to.row),
    toRow: Math.max(from.row, to.row),
    fromCol: Math.max(1, Math.min(from.col, to.col)),
    toCol: Math.max(from.col, to.col),
  }
}

/** Escape peels one layer: range, then cell mode. Null: there was nothing to leave. */
export function leave(state: GridState): GridState | null {
  if (state.anchor !== null) return { ...state, anchor: null }
  if (state.mode === 'cell') return { ...state, mode: 'row' }
  return null
}
