import { useCallback, useRef } from 'react'
import type { Ground } from './gridState.ts'

type RowSelectionOptions = {
  selection: ReadonlySet<string>
  onSelectionChange: (selection: Set<string>) => void
  ground: Ground
}

/** Ticks rows one by one, or from the last one ticked with Shift. */
export function useRowSelection({ selection, onSelectionChange, ground }: RowSelectionOptions) {
  const last = useRef<string | null>(null)

  const toggleRow = useCallback(
    (rowId: string, extend: boolean) => {
      const next = new Set(selection)
      const on = !selection.has(rowId)
      const from = last.current === null ? undefined : ground.rowIndexOf(last.current)
      const to = ground.rowIndexOf(rowId)
      if (extend && from !== undefined && to !== undefined) {
        for (let row = Math.min(from, to); row <= Math.max(from, to); row += 1) {
          const id = ground.rowIdAt(row)
          if (id !== undefined) next.add(id)
        }
      } else if (on) next.add(rowId)
      else next.delete(rowId)
      last.current = rowId
      onSelectionChange(next)
    },
    [selection, onSelectionChange, ground],
  )

  const selectAll = useCallback(
    (on: boolean) => {
      const next = new Set<string>()
      if (on) {
        for (let row = 0; row < ground.rowCount; row += 1) {
          const id = ground.rowIdAt(row)
          if (id !== undefined) next.add(id)
        }
      }
      onSelectionChange(next)
    },
    [onSelectionChange, ground],
  )
  return { toggleRow, selectAll }
}
