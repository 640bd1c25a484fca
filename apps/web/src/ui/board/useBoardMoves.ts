import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnouncer } from '../table/useAnnouncer.ts'
import { arrange, describeMove, hasArrived, indexCards } from './arrangement.ts'
import type { Standing, Target } from './arrangement.ts'
import type { BoardColumnData, BoardLane, BoardMove, BoardProps } from './types.ts'

export type Lift = {
  id: string
  from: Standing
  target: Target
  by: 'pointer' | 'keyboard'
  /** Of the card when it was lifted: the gap it would fill is as high. */
  height: number
}

/** After this a caller that changed nothing and promised nothing has said no. */
const SETTLE_MS = 1_500

/** With the lane, of which every one has columns of the same names. */
export function spokenName<Card>(
  { title, lane }: BoardColumnData<Card>,
  lanes: readonly BoardLane[] | undefined,
): string {
  const row = lanes?.find(({ id }) => id === lane)
  return row ? `${title}, ${row.title}` : title
}

/**
 * One card in the air at a time. The board draws `shown`: the caller's columns, with the lifted or just dropped card
 * where it would stand. A dropped card stays so until the caller's own columns agree, which is why nothing flickers
 * in between.
 */
export function useBoardMoves<Card>(props: BoardProps<Card>) {
  const { columns, cardId, cardName, onMove, lanes } = props
  const { t } = useTranslation()
  const { message, announce } = useAnnouncer()
  const [lift, setLift] = useState<Lift | null>(null)
  const [settling, setSettling] = useState<{ move: BoardMove; from: Standing } | null>(null)
  const standings = useMemo(() => indexCards(columns, cardId), [columns, cardId])
  const liftRef = useRef<Lift | null>(null)

  if (settling && hasArrived(columns, cardId, standings.get(settling.move.id), settling.move)) {
    setSettling(null)
  }
  useEffect(() => {
    if (!settling) return
    const timer = window.setTimeout(() => setSettling(null), SETTLE_MS)
    return () => window.clearTimeout(timer)
  }, [settling])

  const hold = useCallback((next: Lift | null) => {
    liftRef.current = next
    setLift(next)
  }, [])

  const shown = useMemo(() => {
    const held = lift
      ? { id: lift.id, to: lift.target }
      : settling && {
          id: settling.move.id,
          to: { column: settling.move.toColumn, index: settling.move.index },
        }
    const from = held ? standings.get(held.id) : undefined
    return held && from ? arrange(columns, from, held.to) : columns
  }, [columns, standings, lift, settling])

  /** The column a card is shown in, which for one in the air is the one it hovers over. */
  const columnOf = (id: string): string | undefined => {
    if (lift?.id === id) return lift.target.column
    return settling?.move.id === id ? settling.move.toColumn : standings.get(id)?.column
  }

  const say = useCallback(
    (key: 'lifted' | 'over' | 'dropped', id: string, target: Target) => {
      const column = columns.find((each) => each.id === target.column)
      const at = standings.get(id)
      const card = at ? columns[at.columnIndex]?.cards[at.index] : undefined
      if (!column || card === undefined) return
      const own = at?.column === target.column
      announce(
        t(`table.board.${key}`, {
          name: cardName(card),
          column: spokenName(column, lanes),
          position: target.index + 1,
          count: column.count + (own ? 0 : 1),
        }),
      )
    },
    [columns, lanes, standings, cardName, announce, t],
  )
  const sayName = useCallback(
    (key: 'cancelled' | 'not_moved', id: string) => {
      const at = standings.get(id)
      const card = at ? columns[at.columnIndex]?.cards[at.index] : undefined
      if (card !== undefined) announce(t(`table.board.${key}`, { name: cardName(card) }))
    },
    [columns, standings, cardName, announce, t],
  )

  const pickUp = useCallback(
    (id: string, by: Lift['by'], height: number) => {
      const from = standings.get(id)
      if (!from) return
      hold({ id, from, target: { column: from.column, index: from.index }, by, height })
      say('lifted', id, from)
    },
    [standings, hold, say],
  )

  const carry = useCallback(
    (target: Target) => {
      const held = liftRef.current
      if (!held || (held.target.column === target.column && held.target.index === target.index)) return
      hold({ ...held, target })
      say('over', held.id, target)
    },
    [hold, say],
  )

  const putBack = useCallback(() => {
    const held = liftRef.current
    hold(null)
    if (held) sayName('cancelled', held.id)
  }, [hold, sayName])

  const drop = useCallback(async () => {
    const held = liftRef.current
    hold(null)
    const from = held ? standings.get(held.id) : undefined
    const move = held && from ? describeMove(columns, cardId, held.id, from, held.target) : null
    if (held) say('dropped', held.id, held.target)
    if (!held || !from || !move) return
    setSettling({ move, from })
    try {
      await onMove(move)
    } catch {
      // The caller explains why, with the means it has; here the card goes back and screen readers hear of it.
      setSettling((now) => (now?.move === move ? null : now))
      sayName('not_moved', held.id)
    }
  }, [columns, cardId, standings, hold, onMove, say, sayName])

  return { lift, shown, standings, message, columnOf, pickUp, carry, putBack, drop }
}
