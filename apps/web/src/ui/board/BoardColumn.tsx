import { useDroppable } from '@dnd-kit/core'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../Skeleton.tsx'
import { BoardCard, CardSlot, Placed } from './BoardCard.tsx'
import { ColumnHeader } from './ColumnHeader.tsx'
import type { BoardColumnData, BoardProps } from './types.ts'
import { useCardWindow } from './useCardWindow.ts'
import type { ColumnProbe } from './useBoardPointer.ts'
import type { Lift } from './useBoardMoves.ts'

const SLOT = '__slot'
const NO_IDS: ReadonlySet<string> = new Set()

type BoardColumnProps<Card> = Pick<
  BoardProps<Card>,
  | 'cardId'
  | 'cardName'
  | 'renderCard'
  | 'mayMove'
  | 'onLoadMore'
  | 'quickAdd'
  | 'columnActions'
  | 'emptyColumn'
  | 'estimateHeight'
> & {
  /** With the lifted card where it would land. */
  column: BoardColumnData<Card>
  /** What it is called beside those of other lanes. */
  name: string
  /** What the column holds on the server, whatever is in the air. */
  count: number
  /** Set when the lifted card comes from here or hovers here. */
  lift: Lift | null
  /** The lifted card itself, when it comes from here. */
  liftedCard: Card | undefined
  tabId: string | null
  openCardId: string | null
  justMovedIds: ReadonlySet<string> | undefined
  loading: boolean
  instructionsId: string
  probes: Map<string, ColumnProbe>
  onCollapse: ((columnId: string) => void) | undefined
}

function BoardColumnView<Card>(props: BoardColumnProps<Card>) {
  const { column, lift, liftedCard, cardId, tabId, probes, onLoadMore, estimateHeight = 92 } = props
  const { id, cards, hasMore = false } = column
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const { setNodeRef } = useDroppable({ id })
  const byPointer = lift?.by === 'pointer'
  const slotAt = lift?.target.column === id ? lift.target.index : -1
  const tabAt = tabId === null ? -1 : cards.findIndex((card) => cardId(card) === tabId)

  const keys = useCallback(
    (index: number) => {
      const card = cards[index]
      return card === undefined || (byPointer && index === slotAt) ? SLOT : cardId(card)
    },
    [cards, cardId, byPointer, slotAt],
  )
  const loadMore = useCallback(() => onLoadMore?.(id), [onLoadMore, id])
  const virtualizer = useCardWindow({
    scroller,
    keys,
    count: cards.length,
    estimateHeight,
    keepIndex: byPointer ? -1 : tabAt,
    hasMore,
    onLoadMore: onLoadMore ? loadMore : undefined,
  })

  const [held, setHeld] = useState<{ id: string | null; start: number }>({ id: null, start: 0 })
  const heldId = byPointer && liftedCard !== undefined ? lift.id : null
  if (heldId !== held.id) {
    const start = lift ? virtualizer.measurementsCache[lift.from.index]?.start : undefined
    setHeld({ id: heldId, start: start ?? 0 })
  }

  useEffect(() => {
    probes.set(id, (clientY) => {
      const box = scroller.current
      if (!box) return 0
      const offset = clientY - box.getBoundingClientRect().top + box.scrollTop
      const item = virtualizer.getVirtualItemForOffset(offset)
      if (!item) return 0
      if (item.index === slotAt) return slotAt
      const before = slotAt !== -1 && item.index > slotAt ? item.index - 1 : item.index
      return offset > item.start + item.size / 2 ? before + 1 : before
    })
    return () => {
      probes.delete(id)
    }
  }, [probes, id, virtualizer, slotAt])

  function drawCard(card: Card, hidden: boolean) {
    const own = cardId(card)
    return (
      <BoardCard
        card={card}
        id={own}
        name={props.cardName(card)}
        renderCard={props.renderCard}
        movable={props.mayMove?.(card) ?? true}
        tabbable={own === tabId}
        current={own === props.openCardId}
        lifted={lift?.by === 'keyboard' && lift.id === own}
        hidden={hidden}
        glowing={(props.justMovedIds ?? NO_IDS).has(own)}
        instructionsId={props.instructionsId}
      />
    )
  }

  const places = virtualizer.getVirtualItems().flatMap(({ key, index, start }) => {
    const card = cards[index]
    if (card === undefined) return []
    return (
      <Placed key={key} ref={virtualizer.measureElement} index={index} start={start} smooth={lift !== null}>
        {key === SLOT ? <CardSlot height={lift?.height ?? 0} /> : drawCard(card, false)}
      </Placed>
    )
  })
  if (byPointer && liftedCard !== undefined) {
    // In the same list and under the same key as before it was lifted, so that its node lives on.
    places.push(
      <Placed key={lift.id} ref={null} index={-1} start={held.start} smooth={false}>
        {drawCard(liftedCard, true)}
      </Placed>,
    )
  }
  return (
    <section
      data-column={id}
      aria-label={t('table.board.column', { title: props.name, count: props.count })}
      className="flex min-h-0 w-[85vw] shrink-0 snap-center flex-col rounded-base bg-sunken sm:w-72 sm:snap-align-none"
    >
      <ColumnHeader
        column={column}
        count={props.count}
        actions={props.columnActions?.(column)}
        onCollapse={props.onCollapse}
      />
      {props.quickAdd ? <div className="px-2 pt-1">{props.quickAdd(column)}</div> : null}
      <div
        ref={scroller}
        className="min-h-24 flex-1 overflow-y-auto overscroll-y-contain [contain:content] [overflow-anchor:none]"
      >
        <ul
          ref={setNodeRef}
          className="relative min-h-full"
          style={{ height: Math.max(virtualizer.getTotalSize(), 0) }}
        >
          {places}
          {cards.length === 0 && !props.loading ? (
            <li className="px-3 py-6 text-center text-12 text-faint">
              {props.emptyColumn?.(column) ?? t('table.board.empty')}
            </li>
          ) : null}
        </ul>
        {props.loading || hasMore ? <CardSkeletons cards={props.loading ? 3 : 1} /> : null}
      </div>
    </section>
  )
}

export const BoardColumn = memo(BoardColumnView) as typeof BoardColumnView

function CardSkeletons({ cards }: { cards: number }) {
  return Array.from({ length: cards }, (_, index) => (
    <div
      key={index}
      aria-hidden
      className="mx-2 mb-2 flex flex-col gap-2.5 rounded-base border border-line bg-raised p-3"
    >
      <Skeleton className="h-3 w-3/4" />
      <Skeleton className="h-3 w-1/2" />
      <Skeleton className="h-3 w-2/3" />
    </div>
  ))
}
