import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

const GAP = 8
const PADDING = 8
const OVERSCAN = 4
/** Asks for more this many cards before the last one is seen. */
const PREFETCH_CARDS = 40

type CardWindowOptions = {
  scroller: RefObject<HTMLElement | null>
  keys: (index: number) => string
  count: number
  estimateHeight: number
  /** Stays drawn, and is scrolled to whenever it changes place. */
  keepIndex: number
  hasMore: boolean
  onLoadMore: (() => void) | undefined
}

export function useCardWindow(options: CardWindowOptions) {
  const { scroller, keys, count, estimateHeight, keepIndex, hasMore, onLoadMore } = options
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (keepIndex < 0 || keepIndex >= range.count || indexes.includes(keepIndex)) return indexes
      return [...indexes, keepIndex].toSorted((a, b) => a - b)
    },
    [keepIndex],
  )
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimateHeight,
    getItemKey: keys,
    gap: GAP,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
    overscan: OVERSCAN,
    rangeExtractor,
  })

  useLayoutEffect(() => {
    if (keepIndex >= 0) virtualizer.scrollToIndex(keepIndex, { align: 'auto' })
  }, [virtualizer, keepIndex])

  const end = virtualizer.range?.endIndex ?? 0
  const askedAt = useRef(-1)
  useEffect(() => {
    if (!hasMore || !onLoadMore || askedAt.current === count || end < count - PREFETCH_CARDS) return
    askedAt.current = count
    onLoadMore()
  }, [end, count, hasMore, onLoadMore])
  return virtualizer
}
