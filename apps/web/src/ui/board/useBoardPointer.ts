import { MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import type { CollisionDetection, DragEndEvent, DragMoveEvent, DragStartEvent } from '@dnd-kit/core'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Target } from './arrangement.ts'
import type { Lift } from './useBoardMoves.ts'

/** Answers which position of a column a height on screen belongs to. */
export type ColumnProbe = (clientY: number) => number

type BoardPointerOptions = {
  pickUp: (id: string, by: Lift['by'], height: number) => void
  carry: (target: Target) => void
  putBack: () => void
  drop: () => Promise<void>
}

/**
 * dnd-kit brings the sensors, the overlay and auto-scroll. Which column is meant follows from the pointer alone, and
 * the position inside from that column's virtual list: the few cards that are drawn need not be drop targets, so a
 * drag costs the same with ten cards or ten thousand.
 */
export function useBoardPointer({ pickUp, carry, putBack, drop }: BoardPointerOptions) {
  const [probes] = useState(() => new Map<string, ColumnProbe>())
  const pointer = useRef({ x: 0, y: 0 })
  const droppedFrom = useRef<{ id: string; left: number; top: number } | null>(null)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  )

  const detect = useCallback<CollisionDetection>((args) => {
    const { pointerCoordinates, collisionRect, droppableContainers } = args
    const x = pointerCoordinates?.x ?? collisionRect.left + collisionRect.width / 2
    const y = pointerCoordinates?.y ?? collisionRect.top + collisionRect.height / 2
    pointer.current = { x, y }
    let nearest: { id: string | number; distance: number } | null = null
    for (const { id, node } of droppableContainers) {
      // What one sees of a column, however far its list goes on above and below.
      const rect = node.current?.closest('[data-column]')?.getBoundingClientRect()
      if (!rect) continue
      const across = Math.max(rect.left - x, 0, x - rect.right)
      const distance = across + Math.max(rect.top - y, 0, y - rect.bottom)
      if (nearest === null || distance < nearest.distance) nearest = { id, distance }
    }
    return nearest === null ? [] : [{ id: nearest.id }]
  }, [])

  const [hand] = useState(followHand)
  const onDragStart = useCallback(
    ({ active, activatorEvent }: DragStartEvent) => {
      hand.begin()
      pickUp(String(active.id), 'pointer', cardHeight(activatorEvent.target))
    },
    [pickUp, hand],
  )
  const onDragMove = useCallback(
    ({ over }: DragMoveEvent) => {
      if (!over) return
      const column = String(over.id)
      // A collapsed column has no places to choose from: its top is meant.
      carry({ column, index: probes.get(column)?.(pointer.current.y) ?? 0 })
    },
    [carry, probes],
  )
  const onDragEnd = useCallback(
    ({ active }: DragEndEvent) => {
      const rect = active.rect.current.translated
      droppedFrom.current = rect ? { id: String(active.id), left: rect.left, top: rect.top } : null
      // A quick hand lets go before the board was drawn for where it is: what counts is where it lets go.
      const at = hand.end()
      const column = at && columnAt(at)
      if (column !== undefined) carry({ column, index: probes.get(column)?.(at?.y ?? 0) ?? 0 })
      void drop()
    },
    [drop, carry, probes, hand],
  )
  const onDragCancel = useCallback(() => {
    hand.end()
    putBack()
  }, [hand, putBack])
  const handlers = useMemo(
    () => ({ onDragStart, onDragMove, onDragOver: onDragMove, onDragEnd, onDragCancel }),
    [onDragStart, onDragMove, onDragEnd, onDragCancel],
  )
  /** Where the pointer let go of a card, once. */
  const takeDropped = useCallback(() => {
    const dropped = droppedFrom.current
    droppedFrom.current = null
    return dropped
  }, [])
  return { sensors, detect, handlers, probes, takeDropped }
}

type Point = { x: number; y: number }

/** Where mouse or finger was last, from the moment on that a card is lifted. */
function followHand() {
  let last: Point | undefined
  const types = ['mousemove', 'mouseup', 'touchmove', 'touchend'] as const
  const note = (event: MouseEvent | TouchEvent) => {
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    if (point) last = { x: point.clientX, y: point.clientY }
  }
  return {
    begin() {
      last = undefined
      // Before dnd-kit hears of it, which listens further down.
      for (const type of types) window.addEventListener(type, note, { capture: true, passive: true })
    },
    end(): Point | undefined {
      for (const type of types) window.removeEventListener(type, note, { capture: true })
      return last
    },
  }
}

function columnAt({ x, y }: Point): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const column = element.closest<HTMLElement>('[data-column]')
    if (column) return column.dataset['column']
  }
  return undefined
}

function cardHeight(target: EventTarget | null): number {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-card-id]')?.offsetHeight ?? 0) : 0
}
