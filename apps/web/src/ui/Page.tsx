import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from './cx.ts'
import { usePageTitle } from './usePageTitle.ts'

export type PageProps = {
  title: string
  /** What the page is a part of, shown before its title. */
  within?: { label: string; to: string }
  /** Small things beside the title, such as a count. */
  beside?: ReactNode
  /** Buttons at the right end, the main one last. */
  actions?: ReactNode
  /** A second line: filters, view switches. */
  toolbar?: ReactNode
  /** `fill` gives the content the rest of the height and no padding (tables, boards); `text` a readable column. */
  layout?: 'fill' | 'text'
  children: ReactNode
}

/** The frame of every page behind log-in. */
export function Page({ title, within, beside, actions, toolbar, layout = 'text', children }: PageProps) {
  usePageTitle(title)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-bar shrink-0 items-center gap-2 px-4">
        {within ? (
          <>
            <Link to={within.to} className="shrink-0 rounded-small text-15 text-muted hover:text-ink">
              {within.label}
            </Link>
            <ChevronRight className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
          </>
        ) : null}
        <h1 className="truncate text-15 font-semibold">{title}</h1>
        {beside}
        <div className="ml-auto flex items-center gap-2">{actions}</div>
      </header>
      {toolbar ? (
        <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 pb-2">
          {toolbar}
        </div>
      ) : null}
      <div
        className={cx(
          'min-h-0 flex-1',
          layout === 'fill' ? 'flex flex-col' : 'overflow-y-auto px-4 pt-2 pb-10 *:mx-auto *:max-w-3xl',
        )}
      >
        {children}
      </div>
    </div>
  )
}
