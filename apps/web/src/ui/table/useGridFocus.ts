import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, RefObject } from 'react'
import { HEADER_ROW, NOWHERE, focusPlace, locate } from './gridState.ts'
import type { GridState, Ground, Place } from './gridState.ts'

export type Geometry = {
  rowHeight: number
  /** Left edges of the columns, the first two of which stick; one more entry for the right end. */
  edges: readonly number[]
}

/** Scrolls just as far as needed to bring a cell out from under the header, the footer and the sticky column. */
function revealPlace(scroller: HTMLElement, place: Place, { rowHeight, edges }: Geometry): void {
  if (place.row !== HEADER_ROW) {
    const top = place.row * rowHeight
    const room = scroller.clientHeight - 2 * rowHeight
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (top + rowHeight > scroller.scrollTop + room) scroller.scrollTop = top + rowHeight - room
  }
  if (place.col < 2) return
  const sticky = edges[2] ?? 0
  const left = edges[place.col] ?? 0
  const right = edges[place.col + 1] ?? left
  if (left - sticky < scroller.scrollLeft) scroller.scrollLeft = left - sticky
  else if (right > scroller.scrollLeft + scroller.clientWidth)
    scroller.scrollLeft = right - scroller.clientWidth
}

/** Keeps the browser's focus on the cell that the state names, also when its row is drawn anew. */
export function useGridFocus(
  scroller: RefObject<HTMLElement | null>,
  ground: Ground,
  geometry: Geometry,
): {
  state: GridState
  place: Place | null
  setState: (next: GridState) => void
  onFocus: (event: FocusEvent) => void
  onBlur: (event: FocusEvent) => void
} {
  const [state, setRaw] = useState(NOWHERE)
  const owns = useRef(false)
  const moved = useRef(false)
  const place = locate(state.focus, ground)
  const row = place?.row
  const col = place?.col

  const setState = useCallback((next: GridState) => {
    owns.current = true
    moved.current = true
    setRaw(next)
  }, [])

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || !owns.current || state.editing || row === undefined || col === undefined) return
    if (moved.current) revealPlace(box, { row, col }, geometry)
    moved.current = false
    const cell = box.querySelector<HTMLElement>(`[data-row="${row}"] [data-col="${col}"]`)
    if (cell && document.activeElement !== cell) cell.focus({ preventScroll: true })
  }, [scroller, state, row, col, geometry, ground])

  const onFocus = useCallback(
    (event: FocusEvent) => {
      owns.current = true
      // The first Tab into the grid lands on the scroller: it hands on to the first row.
      if (event.target === scroller.current && row === undefined && ground.rowCount > 0) {
        setState(focusPlace(NOWHERE, { row: 0, col: 1 }, ground))
      }
    },
    [scroller, row, ground, setState],
  )
  const onBlur = useCallback((event: FocusEvent) => {
    // A cell that was removed while it had the focus gets it back in its new place.
    if (event.target.isConnected) owns.current = event.currentTarget.contains(event.relatedTarget)
  }, [])
  return { state, place, setState, onFocus, onBlur }
}
