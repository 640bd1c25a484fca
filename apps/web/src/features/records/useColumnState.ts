import { useCallback, useState } from 'react'
import { DEFAULT_COLUMN_STATE, type ColumnState } from '../../ui/table/types.ts'

/** Columns as a person left them, in this browser. */
export function useColumnState(
  name: string,
  initial: ColumnState,
): [ColumnState, (state: ColumnState) => void] {
  const key = `columns.${name}`
  const [state, setState] = useState(() => read(key) ?? initial)
  const keep = useCallback(
    (next: ColumnState) => {
      setState(next)
      localStorage.setItem(key, JSON.stringify(next))
    },
    [key],
  )
  return [state, keep]
}

function read(key: string): ColumnState | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...DEFAULT_COLUMN_STATE, ...kept } : null
  } catch {
    return null
  }
}
