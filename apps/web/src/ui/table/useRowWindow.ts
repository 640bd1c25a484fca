import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import type { RefObject } from 'react'

type RowWindowOptions = {
  scroller: RefObject<HTMLElement | null>
  count: number
  rowHeight: number
  /** Stays drawn wherever one scrolls, so that the keyboard never loses its place. */
  keepRow: number | undefined
  hasMore: boolean
  onLoadMore: (() => void) | undefined
}

const OVERSCAN = 8
/** Asks for the next page this many rows before the last one is seen. */
const PREFETCH_ROWS = 60

export function useRowWindow(options: RowWindowOptions) {
  const { scroller, count, rowHeight, keepRow, hasMore, onLoadMore } = options
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (keepRow === undefined || keepRow < 0 || keepRow >= range.count || indexes.includes(keepRow))
        return indexes
      return [...indexes, keepRow].toSorted((a, b) => a - b)
    },
    [keepRow],
  )
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const end = virtualizer.range?.endIndex ?? 0
  const askedAt = useRef(-1)
  useEffect(() => {
    if (!hasMore || !onLoadMore || count === 0 || askedAt.current === count) return
    if (end < count - PREFETCH_ROWS) return
    askedAt.current = count
    onLoadMore()
  }, [end, count, hasMore, onLoadMore])
  useEffect(() => {
    // A new list (another filter) may have as many rows as the last one and still wants its next page.
    if (count === 0) askedAt.current = -1
  }, [count])
  return { items: virtualizer.getVirtualItems(), totalSize: virtualizer.getTotalSize() }
}
