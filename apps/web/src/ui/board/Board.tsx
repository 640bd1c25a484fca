import { DndContext, DragOverlay, MeasuringStrategy } from '@dnd-kit/core'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { CARD } from './BoardCard.tsx'
import { BoardColumn } from './BoardColumn.tsx'
import { BoardLane } from './BoardLane.tsx'
import { CollapsedColumn } from './ColumnHeader.tsx'
import { MoveFlight } from './MoveFlight.tsx'
import { handleBoardKey } from './boardKeys.ts'
import type { BoardColumnData, BoardProps } from './types.ts'
import { useBoardFocus } from './useBoardFocus.ts'
import { spokenName, useBoardMoves } from './useBoardMoves.ts'
import { useCardHover } from './useCardHover.ts'
import { useBoardPointer } from './useBoardPointer.ts'

const NOTHING: readonly string[] = []
const NO_IDS: ReadonlySet<string> = new Set()
const MEASURING = { droppable: { strategy: MeasuringStrategy.WhileDragging } }
const AUTO_SCROLL = { threshold: { x: 0.12, y: 0.16 }, acceleration: 14 }
const SETTLE_ANIMATION = { duration: 160, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' }

/** dnd-kit would speak English; the board's own live region tells what happens, for every way of moving. */
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
}

/** Columns of cards that are moved by mouse, finger or keyboard. Knows nothing of what the cards are about. */
export function Board<Card>(props: BoardProps<Card>) {
  const { columns, lanes, cardId, collapsed = NOTHING, folded = NOTHING, loading = false } = props
  const { onCollapsedChange, onFold } = props
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const instructionsId = useId()
  const moves = useBoardMoves(props)
  const { lift, shown, standings } = moves
  const pointer = useBoardPointer(moves)
  const focus = useBoardFocus(root, shown, standings, cardId)
  const hover = useCardHover(props.onCardHover)
  const accessibility = useMemo(() => ({ ...SILENT, container: document.body }), [])

  const from = lift ? standings.get(lift.id) : undefined
  const liftedCard = from ? columns[from.columnIndex]?.cards[from.index] : undefined
  const tabColumn = focus.tabId === null ? undefined : moves.columnOf(focus.tabId)
  const counts = useMemo(() => new Map(columns.map(({ id, count }) => [id, count])), [columns])
  const open = useMemo(
    () =>
      columns.filter(
        ({ id, lane }) => !collapsed.includes(id) && !(lane !== undefined && folded.includes(lane)),
      ),
    [columns, collapsed, folded],
  )

  useLayoutEffect(() => {
    const dropped = lift ? null : pointer.takeDropped()
    if (dropped) glideHome(root.current, dropped)
  })

  const heldByKeys = lift?.by === 'keyboard'
  const { putBack } = moves
  useEffect(() => {
    if (!heldByKeys) return
    window.addEventListener('pointerdown', putBack)
    return () => window.removeEventListener('pointerdown', putBack)
  }, [heldByKeys, putBack])

  const collapse = useCallback(
    (id: string) => onCollapsedChange?.([...collapsed, id]),
    [onCollapsedChange, collapsed],
  )
  const fold = (id: string) =>
    onFold?.(folded.includes(id) ? folded.filter((other) => other !== id) : [...folded, id])
  const expand = (id: string) => onCollapsedChange?.(collapsed.filter((other) => other !== id))

  function cardAt(target: EventTarget): Card | undefined {
    if (!(target instanceof Element)) return undefined
    const element = target.closest<HTMLElement>('[data-card-id]')
    const at = standings.get(element?.dataset['cardId'] ?? '')
    return at ? columns[at.columnIndex]?.cards[at.index] : undefined
  }
  function onKeyDown(event: KeyboardEvent) {
    // Fields and buttons inside a card have their own keys.
    const isCard = event.target instanceof HTMLElement && event.target.dataset['cardId'] !== undefined
    if (!isCard || event.defaultPrevented) return
    const card = cardAt(event.target)
    if (card === undefined) return
    const taken = handleBoardKey(event, {
      card,
      id: cardId(card),
      cardId,
      columns: open,
      standing: standings.get(cardId(card)),
      lift,
      movable: props.mayMove?.(card) ?? true,
      setFocus: focus.setFocus,
      open: props.onOpenCard,
      pickUp: moves.pickUp,
      carry: moves.carry,
      putBack: moves.putBack,
      drop: moves.drop,
    })
    if (taken) event.preventDefault()
  }
  function onClick(event: MouseEvent) {
    if (
      !(event.target instanceof Element) ||
      event.target.closest('a, button, input, textarea, select, label')
    )
      return
    const card = cardAt(event.target)
    if (card !== undefined && !lift) props.onOpenCard(card)
  }

  function drawColumn(column: BoardColumnData<Card>) {
    const count = counts.get(column.id) ?? column.count
    if (collapsed.includes(column.id)) {
      return (
        <CollapsedColumn
          key={column.id}
          column={column}
          count={count}
          aimed={lift?.target.column === column.id}
          onExpand={expand}
        />
      )
    }
    const concerned = lift && (lift.target.column === column.id || lift.from.column === column.id)
    return (
      <BoardColumn
        key={column.id}
        column={column}
        name={spokenName(column, lanes)}
        count={count}
        lift={concerned ? lift : null}
        liftedCard={lift?.from.column === column.id ? liftedCard : undefined}
        tabId={tabColumn === column.id ? focus.tabId : null}
        openCardId={props.openCardId ?? null}
        justMovedIds={props.justMovedIds}
        loading={column.loading ?? loading}
        instructionsId={instructionsId}
        probes={pointer.probes}
        onCollapse={onCollapsedChange ? collapse : undefined}
        cardId={cardId}
        cardName={props.cardName}
        renderCard={props.renderCard}
        mayMove={props.mayMove}
        onLoadMore={props.onLoadMore}
        quickAdd={props.quickAdd}
        columnActions={props.columnActions}
        emptyColumn={props.emptyColumn}
        estimateHeight={props.estimateHeight}
      />
    )
  }

  return (
    <DndContext
      sensors={pointer.sensors}
      collisionDetection={pointer.detect}
      measuring={MEASURING}
      autoScroll={AUTO_SCROLL}
      accessibility={accessibility}
      {...pointer.handlers}
    >
      <div
        ref={root}
        role="group"
        aria-label={props.label}
        aria-busy={loading}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onMouseOver={(event) => hover(lift ? undefined : cardAt(event.target))}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        className={cx(
          'flex min-h-0 min-w-0 gap-2 overscroll-x-contain p-2 max-sm:scroll-px-4',
          lanes ? 'flex-col gap-4 overflow-auto' : 'overflow-x-auto',
          lift === null && 'max-sm:snap-x max-sm:snap-mandatory',
          lift?.by === 'pointer' && 'cursor-grabbing',
          props.className,
        )}
      >
        {lanes
          ? lanes.map((lane) => (
              <BoardLane key={lane.id} lane={lane} folded={folded.includes(lane.id)} onFold={fold}>
                {shown.filter((column) => column.lane === lane.id).map(drawColumn)}
              </BoardLane>
            ))
          : shown.map(drawColumn)}
      </div>
      <MoveFlight root={root} ids={props.justMovedIds ?? NO_IDS} version={columns} />
      <p id={instructionsId} hidden>
        {t('table.board.instructions')}
      </p>
      <output aria-live="assertive" className="sr-only">
        {moves.message}
      </output>
      {createPortal(
        <DragOverlay dropAnimation={null} zIndex={40}>
          {liftedCard !== undefined && lift?.by === 'pointer' ? (
            <div className={cx(CARD, 'cursor-grabbing border-line-strong shadow-float')}>
              {props.renderCard(liftedCard)}
            </div>
          ) : null}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  )
}

/** The dropped card glides from under the pointer into its place. */
function glideHome(root: HTMLElement | null, dropped: { id: string; left: number; top: number }): void {
  const card = root?.querySelector<HTMLElement>(`[data-card-id="${CSS.escape(dropped.id)}"]`)
  if (!card || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const { left, top } = card.getBoundingClientRect()
  const start = `translate(${dropped.left - left}px, ${dropped.top - top}px)`
  card.animate([{ transform: start }, { transform: 'none' }], SETTLE_ANIMATION)
}
