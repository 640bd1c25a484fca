import { Component } from 'react'
import type { RefObject } from 'react'

type MoveFlightProps = {
  root: RefObject<HTMLElement | null>
  ids: ReadonlySet<string>
  /** Changes whenever cards may have moved. */
  version: unknown
}

type Rects = ReadonlyMap<string, DOMRect>

const FLIGHT: KeyframeAnimationOptions = { duration: 200, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' }
const NO_RECTS: Rects = new Map()

function findCard(root: HTMLElement | null, id: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-card-id="${CSS.escape(id)}"]`) ?? null
}

/**
 * Lets a card that someone else moved fly from where it was. A class, because only getSnapshotBeforeUpdate sees the
 * page as it was before React changes it. What flies is a copy above the board: the columns would clip the card.
 */
export class MoveFlight extends Component<MoveFlightProps> {
  override getSnapshotBeforeUpdate(before: MoveFlightProps): Rects {
    const { root, ids, version } = this.props
    if (version === before.version || ids.size === 0) return NO_RECTS
    const rects = new Map<string, DOMRect>()
    for (const id of ids) {
      const card = before.ids.has(id) ? null : findCard(root.current, id)
      if (card) rects.set(id, card.getBoundingClientRect())
    }
    return rects
  }

  override componentDidUpdate(_before: MoveFlightProps, _state: unknown, rects: Rects): void {
    if (rects.size === 0 || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const [id, from] of rects) {
      const card = findCard(this.props.root.current, id)
      if (card) fly(card, from)
    }
  }

  override render(): null {
    return null
  }
}

function fly(card: HTMLElement, from: DOMRect): void {
  const to = card.getBoundingClientRect()
  if (Math.abs(from.left - to.left) < 1 && Math.abs(from.top - to.top) < 1) return
  const copy = card.cloneNode(true) as HTMLElement
  copy.removeAttribute('data-card-id')
  copy.setAttribute('aria-hidden', 'true')
  copy.inert = true
  Object.assign(copy.style, {
    position: 'fixed',
    zIndex: '30',
    pointerEvents: 'none',
    margin: '0',
    left: `${to.left}px`,
    top: `${to.top}px`,
    width: `${to.width}px`,
    height: `${to.height}px`,
  })
  document.body.append(copy)
  const start = `translate(${from.left - to.left}px, ${from.top - to.top}px)`
  card.animate([{ opacity: 0 }, { opacity: 0 }], FLIGHT)
  const flight = copy.animate([{ transform: start }, { transform: 'none' }], FLIGHT)
  flight.onfinish = () => copy.remove()
  flight.oncancel = () => copy.remove()
}
