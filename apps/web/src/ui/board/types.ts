import type { ReactNode } from 'react'
import type { Hue } from '../hue.ts'

export type BoardColumnData<Card> = {
  id: string
  title: string
  /** A hue's name; an unknown one is shown as slate. */
  color: string | null
  /** How many there are on the server; `cards` may hold only the first of them. */
  count: number
  /** A line under the title, such as a sum of money. */
  summary?: string
  cards: readonly Card[]
  hasMore?: boolean
  /** Its first cards are on their way; otherwise as the board. */
  loading?: boolean
  /** The lane that it is a cell of. */
  lane?: string
}

/** A row of the board with columns of its own. */
export type BoardLane = {
  id: string
  title: string
  hue: Hue | null
  count: number
  /** A line beside the title, such as a sum of money. */
  summary: string
}

export type BoardMove = {
  id: string
  fromColumn: string
  toColumn: string
  /** The card that the moved one now stands before (below it); null at the end of what is loaded. */
  beforeId: string | null
  /** The card that the moved one now stands after (above it); null at the top. */
  afterId: string | null
  /** Position in the target column, counted without the card itself. */
  index: number
}

export type BoardProps<Card> = {
  /** Names the board for screen readers. */
  label: string
  columns: readonly BoardColumnData<Card>[]
  cardId: (card: Card) => string
  /** What screen readers call the card. */
  cardName: (card: Card) => string
  /** Draws the inside of a card; keep it stable between renders. */
  renderCard: (card: Card) => ReactNode
  mayMove?: (card: Card) => boolean
  /**
   * Change `columns` at once (optimistically). Until that has happened the board keeps showing the card where it was
   * dropped; when the promise rejects it goes back and the board says so.
   */
  onMove: (move: BoardMove) => Promise<unknown> | void
  onOpenCard: (card: Card) => void
  onCardHover?: (card: Card) => void
  /** The card shown in a side panel. */
  openCardId?: string | null | undefined
  /** Pixels that a card is likely to have before it was measured. */
  estimateHeight?: number
  onLoadMore?: (columnId: string) => void
  /** In their order; every column then says which lane it belongs to. */
  lanes?: readonly BoardLane[]
  folded?: readonly string[]
  onFold?: (folded: string[]) => void
  collapsed?: readonly string[]
  onCollapsedChange?: (collapsed: string[]) => void
  /** Cards that someone else has just moved; set together with the new `columns`, they fly to their place. */
  justMovedIds?: ReadonlySet<string>
  loading?: boolean
  /** A form or a button at the top of a column. */
  quickAdd?: (column: BoardColumnData<Card>) => ReactNode
  /** Controls at the right end of a column's header. */
  columnActions?: (column: BoardColumnData<Card>) => ReactNode
  emptyColumn?: (column: BoardColumnData<Card>) => ReactNode
  className?: string
}
