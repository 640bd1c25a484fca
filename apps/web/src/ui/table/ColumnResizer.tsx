import { useRef } from 'react'
import type { PointerEvent } from 'react'

type ColumnResizerProps = {
  width: number
  /** Called while dragging, and once more with `done`. */
  onResize: (width: number, done: boolean) => void
  onAutoSize: () => void
}

/** The right edge of a header. The keyboard resizes with Shift and the arrows on the header cell itself. */
export function ColumnResizer({ width, onResize, onAutoSize }: ColumnResizerProps) {
  const start = useRef<{ x: number; width: number } | null>(null)

  function onPointerDown(event: PointerEvent<HTMLSpanElement>) {
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  function onPointerMove(event: PointerEvent) {
    if (start.current) onResize(start.current.width + event.clientX - start.current.x, false)
  }
  function onPointerEnd(event: PointerEvent) {
    if (!start.current) return
    const moved = event.clientX - start.current.x
    if (moved !== 0) onResize(start.current.width + moved, true)
    start.current = null
  }
  return (
    <span
      aria-hidden
      data-resizer
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      // The header below would take these for a drag or a sort.
      onMouseDown={(event) => event.stopPropagation()}
      onTouchStart={(event) => event.stopPropagation()}
      onDoubleClick={onAutoSize}
      className="absolute inset-y-0 -right-1.5 z-2 w-3 cursor-col-resize touch-none after:absolute after:inset-y-2 after:left-1.5 after:w-px after:bg-line-strong after:opacity-0 group-hover/head:after:opacity-100 hover:after:inset-y-0 hover:after:w-0.5 hover:after:bg-accent hover:after:opacity-100"
    />
  )
}
