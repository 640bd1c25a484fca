import { useEffect, useRef } from 'react'

/** A pointer that rests on a card means it; cards that are scrolled away under it are not meant. */
const REST_MS = 80

/** Tells of the card that the pointer rests on. */
export function useCardHover<Card>(onHover: ((card: Card) => void) | undefined) {
  const resting = useRef<{ card: Card | undefined; timer: number }>({ card: undefined, timer: 0 })
  useEffect(() => () => window.clearTimeout(resting.current.timer), [])
  return (card: Card | undefined) => {
    if (card === resting.current.card || !onHover) return
    window.clearTimeout(resting.current.timer)
    const timer = card === undefined ? 0 : window.setTimeout(() => onHover(card), REST_MS)
    resting.current = { card, timer }
  }
}
