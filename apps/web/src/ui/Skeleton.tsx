import { cx } from './cx.ts'

/** Stands where something will be, in its size. Give width and height through the class. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx('block animate-pulse rounded-small bg-active', className ?? 'h-4 w-24')}
    />
  )
}

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3']

/** Rows of a list that is on its way. `label` tells screen readers what is loading. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <output aria-label={label} className="block">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-row items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-4" />
          <Skeleton className={cx('h-3', WIDTHS[index % WIDTHS.length])} />
        </div>
      ))}
    </output>
  )
}
