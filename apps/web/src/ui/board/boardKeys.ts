import type { KeyboardEvent } from 'react'
import { stepFocus, stepTarget } from './arrangement.ts'
import type { Standing, Target } from './arrangement.ts'
import type { BoardColumnData } from './types.ts'
import type { Lift } from './useBoardMoves.ts'

export type BoardCommands<Card> = {
  card: Card
  id: string
  cardId: (card: Card) => string
  /** Without the collapsed ones. */
  columns: readonly BoardColumnData<Card>[]
  standing: Standing | undefined
  lift: Lift | null
  movable: boolean
  setFocus: (id: string) => void
  open: (card: Card) => void
  pickUp: (id: string, by: Lift['by'], height: number) => void
  carry: (target: Target) => void
  putBack: () => void
  drop: () => Promise<void>
}

const ARROWS: Record<string, string> = {
  ArrowUp: 'ArrowUp',
  ArrowDown: 'ArrowDown',
  ArrowLeft: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  k: 'ArrowUp',
  j: 'ArrowDown',
  Home: 'Home',
  End: 'End',
}

/** True when the key was for the board. */
export function handleBoardKey<Card>(event: KeyboardEvent, board: BoardCommands<Card>): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (board.lift) return carryByKey(event, board, board.lift)
  if (event.key === 'Enter') {
    board.open(board.card)
    return true
  }
  if (event.key === ' ') {
    const height = event.target instanceof HTMLElement ? event.target.offsetHeight : 0
    if (board.movable) {
      board.setFocus(board.id)
      board.pickUp(board.id, 'keyboard', height)
    }
    return true
  }
  const arrow = ARROWS[event.key]
  const at = board.standing
  if (arrow === undefined || !at) return false
  const columnIndex = board.columns.findIndex(({ id }) => id === at.column)
  const next = stepFocus(board.columns, { ...at, columnIndex }, arrow)
  if (next !== undefined) board.setFocus(board.cardId(next))
  return true
}

function carryByKey<Card>(event: KeyboardEvent, board: BoardCommands<Card>, lift: Lift): boolean {
  if (event.key === ' ' || event.key === 'Enter') {
    void board.drop()
    return true
  }
  if (event.key === 'Escape') {
    board.putBack()
    return true
  }
  if (event.key === 'Tab') {
    board.putBack()
    return false
  }
  const arrow = ARROWS[event.key]
  if (arrow?.startsWith('Arrow')) {
    board.carry(stepTarget(board.columns, lift.id, board.cardId, lift.target, arrow))
  }
  // A lifted card owns the keyboard: no shortcut of the page may fire under it.
  return true
}
