import { useLayoutEffect, useMemo, useRef } from 'react'
import type { AfterEdit, CellValue } from '../fields/types.ts'
import { NOWHERE, focusPlace, locate, step } from './gridState.ts'
import type { GridState, Ground, Step } from './gridState.ts'
import type { RowActions } from './TableRow.tsx'

type RowActionsOptions<Row> = {
  state: GridState
  ground: Ground
  setState: (state: GridState) => void
  save: (rowId: string, columnId: string, value: CellValue) => Promise<void>
  open: (row: Row) => void
  hrefOf: ((row: Row) => string) | undefined
}

const AFTER: Record<AfterEdit, Step> = {
  stay: {},
  down: { rows: 1 },
  up: { rows: -1 },
  right: { cols: 1 },
  left: { cols: -1 },
}

/** Hands the rows one object for good, whose methods always see the newest state. */
export function useRowActions<Row>(options: RowActionsOptions<Row>): RowActions<Row> {
  const latest = useRef(options)
  useLayoutEffect(() => {
    latest.current = options
  })
  const withLinks = options.hrefOf !== undefined
  return useMemo(() => {
    function closeEditor(after: AfterEdit) {
      const { state, ground, setState } = latest.current
      const { rows = 0, cols = 0 } = AFTER[after]
      const closed: GridState = { ...state, editing: null, mode: 'cell' }
      const at = locate(state.focus, ground)
      // An edit of the last row that moves down stays; one of the first must not climb into the header.
      const climbs = at?.row === 0 && rows < 0
      if (at === null) setState(NOWHERE)
      else if (after === 'stay' || climbs) setState(closed)
      else if (at.col + cols < 1) setState(focusPlace(closed, at, ground))
      else setState(step(closed, ground, { rows, cols }))
    }
    return {
      open: (row) => latest.current.open(row),
      hrefOf: withLinks ? (row) => latest.current.hrefOf?.(row) ?? '' : undefined,
      commit: (rowId, columnId, value, after) => {
        void latest.current.save(rowId, columnId, value)
        closeEditor(after)
      },
      closeEditor,
    }
  }, [withLinks])
}
