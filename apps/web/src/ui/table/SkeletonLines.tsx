import { cx } from '../cx.ts'
import { Skeleton } from '../Skeleton.tsx'
import { ROW } from './TableRow.tsx'

const WIDTHS = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5', 'w-3/5']

/** Rows on their way, in the columns they will have. */
export function SkeletonLines({ columns, rows, top }: { columns: number; rows: number; top?: number }) {
  return Array.from({ length: rows }, (_, index) => (
    <div
      key={index}
      aria-hidden
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      className={cx(ROW, 'h-row [--row-tint:transparent]', top !== undefined && 'absolute left-0 w-full')}
    >
      <span className="flex items-center justify-center">
        <Skeleton className="size-4" />
      </span>
      {Array.from({ length: columns }, (_each, column) => (
        <span key={column} className="flex items-center px-2.5">
          <Skeleton className={cx('h-3', WIDTHS[(index * 3 + column * 2) % WIDTHS.length])} />
        </span>
      ))}
    </div>
  ))
}
