import { useRef } from 'react'
import type { MouseEvent, PointerEvent } from 'react'
import { cx } from '../cx.ts'
import { RowTick } from './RowTick.tsx'
import type { CompactRow } from './types.ts'

type CompactItemProps<Row> = {
  row: Row
  compact: CompactRow<Row>
  href: string | undefined
  /** Something is selected already: a tap adds to it instead of opening. */
  selecting: boolean
  selected: boolean
  highlighted: boolean
  onOpen: () => void
  /** The finger is down: time to fetch what a tap will open. */
  onTouch: () => void
  onToggle: () => void
}

const LONG_PRESS_MS = 450
const STILL_PX = 10

export function CompactItem<Row>(props: CompactItemProps<Row>) {
  const { row, compact, selecting, selected, onToggle } = props
  const press = useRef({ timer: 0, x: 0, y: 0, long: false })

  function onPointerDown(event: PointerEvent) {
    props.onTouch()
    const timer = window.setTimeout(() => {
      press.current.long = true
      onToggle()
    }, LONG_PRESS_MS)
    press.current = { timer, x: event.clientX, y: event.clientY, long: false }
  }
  function endPress() {
    window.clearTimeout(press.current.timer)
  }
  function onPointerMove(event: PointerEvent) {
    const moved = Math.hypot(event.clientX - press.current.x, event.clientY - press.current.y)
    if (moved > STILL_PX) endPress()
  }
  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    if (press.current.long) return
    if (selecting) onToggle()
    else props.onOpen()
  }

  const isLink = props.href !== undefined && !selecting
  const Tag = isLink ? 'a' : 'button'
  const role = isLink
    ? { href: props.href }
    : { type: 'button' as const, 'aria-pressed': selecting ? selected : undefined }
  const control = selecting ? undefined : compact.control?.(row)
  const line = (
    <Tag
      {...role}
      draggable={false}
      onClick={onClick}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endPress}
      onPointerCancel={endPress}
      onContextMenu={(event: MouseEvent) => event.preventDefault()}
      className={cx(
        'flex h-full w-full min-w-0 items-center gap-3 border-b border-line px-4 text-left outline-offset-[-2px] select-none active:bg-active',
        Boolean(control) && 'flex-1 pl-1',
        selected && 'bg-selected',
        props.highlighted && 'animate-glow',
      )}
    >
      {selecting ? <RowTick state={selected} /> : compact.leading?.(row)}
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-15 leading-5 font-medium">{compact.title(row)}</span>
        {compact.subtitle ? (
          <span className="truncate text-13 text-muted">{compact.subtitle(row)}</span>
        ) : null}
      </span>
      {compact.meta ? (
        <span className="flex shrink-0 flex-col items-end gap-0.5 text-12 text-muted tabular">
          {compact.meta(row)}
        </span>
      ) : null}
    </Tag>
  )
  if (!control) return line
  return (
    <div className={cx('flex h-full', selected && 'bg-selected')}>
      <span className="flex w-12 shrink-0 items-center justify-center border-b border-line">{control}</span>
      {line}
    </div>
  )
}
