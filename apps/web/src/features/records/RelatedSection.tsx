import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Skeleton } from '../../ui/Skeleton.tsx'

type SectionProps = {
  title: string
  empty: string
  loading: boolean
  count: number | undefined
  action?: ReactNode
  /** What they come to, above the list. */
  summary?: ReactNode
  children: ReactNode
}

/** Records that belong to the one on screen, below a heading. */
export function RelatedSection({ title, empty, loading, count, action, summary, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="text-11 font-semibold text-faint uppercase">{title}</h2>
        {action}
      </div>
      {loading ? <Skeleton className="h-8 w-full" /> : null}
      {count === 0 ? <p className="text-13 text-muted">{empty}</p> : null}
      {count ? summary : null}
      <ul className="flex flex-col">{children}</ul>
    </section>
  )
}

type LineProps = {
  to: string
  name: string
  detail: string | null
  beside?: ReactNode
}

export function RelatedLine({ to, name, detail, beside }: LineProps) {
  return (
    <li className="-mx-2 flex items-center gap-2 rounded-base px-2 hover:bg-hover">
      <Link to={to} className="flex min-h-9 min-w-0 flex-1 flex-col justify-center py-1">
        <span className="truncate text-13">{name}</span>
        {detail ? <span className="truncate text-12 text-muted">{detail}</span> : null}
      </Link>
      {beside}
    </li>
  )
}
