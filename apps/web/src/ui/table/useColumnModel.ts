import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useCallback, useMemo } from 'react'
import type { ColumnState, DataColumn, SortKey } from './types.ts'

/**
 * TanStack Table keeps the columns: order, width, visibility, what is pinned and what is sorted. Rows never pass
 * through it. They come from the server in order, and building its row objects again for every page that arrives
 * would cost more than drawing the forty rows on screen.
 */
const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
})

const NO_ROWS: Record<string, unknown>[] = []
export const MIN_WIDTH = 64
export const MAX_WIDTH = 720
const DEFAULT_WIDTH = 160

export type SizedColumn<Row> = { column: DataColumn<Row>; width: number; sorted: 'asc' | 'desc' | null }

export type ColumnModelOptions<Row> = {
  columns: readonly DataColumn<Row>[]
  columnState: ColumnState
  onColumnStateChange: (state: ColumnState) => void
  sort: readonly SortKey[]
  onSortChange: (sort: SortKey[]) => void
}

export function useColumnModel<Row>(options: ColumnModelOptions<Row>) {
  const { columns, columnState, onColumnStateChange, sort, onSortChange } = options
  const first = columns[0]?.id
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: () => null,
        size: column.width ?? DEFAULT_WIDTH,
        minSize: MIN_WIDTH,
        maxSize: MAX_WIDTH,
        enableSorting: column.sortable ?? false,
        enableHiding: column.id !== first && column.hideable !== false,
      })),
    [columns, first],
  )
  const state = useMemo(
    () => ({
      columnOrder: [...columnState.order],
      columnVisibility: Object.fromEntries(columnState.hidden.map((id) => [id, false])),
      columnSizing: { ...columnState.widths },
      columnPinning: { start: first === undefined ? [] : [first], end: [] },
      sorting: [...sort],
    }),
    [columnState, sort, first],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    state,
    manualSorting: true,
    maxMultiSortColCount: 5,
    sortDescFirst: false,
    onSortingChange: (updater) =>
      onSortChange(typeof updater === 'function' ? updater(state.sorting) : updater),
  })
  const shown = table.getVisibleLeafColumns()

  const visible = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]))
    return shown.flatMap((leaf): SizedColumn<Row>[] => {
      const column = byId.get(leaf.id)
      const key = sort.find(({ id }) => id === leaf.id)
      if (!column) return []
      return [{ column, width: leaf.getSize(), sorted: key ? (key.desc ? 'desc' : 'asc') : null }]
    })
  }, [shown, columns, sort])

  const setWidth = useCallback(
    (id: string, width: number) => {
      const bounded = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))
      onColumnStateChange({ ...columnState, widths: { ...columnState.widths, [id]: bounded } })
    },
    [columnState, onColumnStateChange],
  )
  const setOrder = useCallback(
    (order: readonly string[]) => onColumnStateChange({ ...columnState, order }),
    [columnState, onColumnStateChange],
  )
  const setHidden = useCallback(
    (hidden: readonly string[]) => onColumnStateChange({ ...columnState, hidden }),
    [columnState, onColumnStateChange],
  )
  const toggleSort = useCallback(
    (id: string, add: boolean) => {
      const column = table.getColumn(id)
      if (column?.getCanSort()) column.toggleSorting(undefined, add)
    },
    [table],
  )
  const allIds = useMemo(() => orderIds(columns, columnState.order), [columns, columnState.order])
  return { visible, allIds, setWidth, setOrder, setHidden, toggleSort }
}

/** Moves `id` to where `target` stands. The first column is pinned and stays. */
export function moveColumn(ids: readonly string[], id: string, target: string): string[] {
  const from = ids.indexOf(id)
  const to = ids.indexOf(target)
  if (from < 1 || to < 1 || from === to) return [...ids]
  const next = ids.filter((other) => other !== id)
  next.splice(to, 0, id)
  return next
}

/** Every column, hidden ones too, in the order they have or would have. */
export function orderIds(columns: readonly { id: string }[], order: readonly string[]): string[] {
  const known = columns.map(({ id }) => id)
  const [first = '', ...others] = known
  const named = order.filter((id) => id !== first && others.includes(id))
  return [first, ...named, ...others.filter((id) => !named.includes(id))]
}
