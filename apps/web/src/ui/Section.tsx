import { useId } from 'react'
import type { ReactNode } from 'react'

export type SectionProps = {
  title: string
  /** Beside the title: a state. */
  beside?: ReactNode
  /** What it is about. */
  text?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

/** A part of a page of settings: what it is, how it stands, what can be done. */
export function Section({ title, beside, text, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 border-b border-line pb-6 last:border-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="flex flex-wrap items-center gap-2 text-13 font-semibold">
            {title}
            {beside}
          </h2>
          {text ? <p className="max-w-prose text-13 text-muted">{text}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}
