import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type EmptyStateProps = {
  icon?: LucideIcon
  title: ReactNode
  /** What this place is for, or what would fill it. */
  text?: ReactNode
  actions?: ReactNode
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  className?: string
}

export function EmptyState({
  icon: Icon,
  title,
  text,
  actions,
  heading: Heading = 'h2',
  className,
}: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center justify-center gap-1 px-6 py-16 text-center', className)}>
      {Icon ? <Icon className="mb-3 size-6 text-faint" strokeWidth={1.5} aria-hidden /> : null}
      <Heading className="text-15 font-semibold">{title}</Heading>
      {text ? <p className="max-w-sm text-13 text-balance text-muted">{text}</p> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}
