import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { cx } from '../cx.ts'
import type { RowHeading } from './lines.ts'
import { ROW } from './TableRow.tsx'

type HeadingRowProps = {
  heading: RowHeading
  index: number
  top: number
  columnCount: number
  /** The column in which the keyboard came here, else -1: going on it stays in its column. */
  focusCol: number
}

/** The line above the rows of a group, across all columns. */
export function HeadingRow({ heading, index, top, columnCount, focusCol }: HeadingRowProps) {
  const { content, expanded, onToggle, onShown } = heading
  useEffect(() => onShown?.(), [onShown])
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
      className={cx(ROW, 'absolute left-0 h-row w-full bg-sunken! [--row-tint:transparent]')}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={columnCount}
        aria-expanded={expanded}
        data-col={Math.max(focusCol, 1)}
        tabIndex={focusCol === -1 ? -1 : 0}
        onClick={onToggle}
        className="sticky left-0 col-span-full flex w-fit max-w-[100vw] cursor-default items-center gap-2 px-3 text-12 outline-offset-[-2px] select-none"
      >
        <HeadingMark expanded={expanded} />
        {content}
      </div>
    </div>
  )
}

export function HeadingMark({ expanded }: { expanded: boolean | undefined }) {
  if (expanded === undefined) return null
  return (
    <ChevronRight
      className={cx('size-3.5 shrink-0 text-faint transition-transform', expanded && 'rotate-90')}
      aria-hidden
    />
  )
}
