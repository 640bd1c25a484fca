import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, RefObject } from 'react'
import type { BoardColumnData } from './types.ts'
import type { Standing } from './arrangement.ts'

/** One stop for Tab in the whole board; the focus follows its card to whatever column it goes. */
export function useBoardFocus<Card>(
  root: RefObject<HTMLElement | null>,
  shown: readonly BoardColumnData<Card>[],
  standings: ReadonlyMap<string, Standing>,
  cardId: (card: Card) => string,
) {
  const [focusId, setRaw] = useState<string | null>(null)
  const owns = useRef(false)
  const firstCard = shown.find(({ cards }) => cards.length > 0)?.cards[0]
  const known = focusId !== null && standings.has(focusId)
  const tabId = known ? focusId : firstCard === undefined ? null : cardId(firstCard)

  const setFocus = useCallback((id: string) => {
    owns.current = true
    setRaw(id)
  }, [])

  useLayoutEffect(() => {
    if (!owns.current || focusId === null) return
    const card = root.current?.querySelector<HTMLElement>(`[data-card-id="${CSS.escape(focusId)}"]`)
    if (!card || card === document.activeElement) return
    // A field inside the card or the board keeps what it has.
    if (document.activeElement !== document.body && !isCard(document.activeElement)) return
    card.focus({ preventScroll: true })
    card.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [root, focusId, shown])

  const onFocus = useCallback((event: FocusEvent) => {
    const id = isCard(event.target) ? event.target.dataset['cardId'] : undefined
    owns.current = id !== undefined
    if (id !== undefined) setRaw(id)
  }, [])
  const onBlur = useCallback((event: FocusEvent) => {
    if (event.target.isConnected) owns.current = event.currentTarget.contains(event.relatedTarget)
  }, [])
  return { tabId, setFocus, onFocus, onBlur }
}

function isCard(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.dataset['cardId'] !== undefined
}
