import { useId } from 'react'
import type { ReactNode } from 'react'

type SectionProps = { title: string; text?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A part of a settings page, with a heading of its own. */
export function SettingsSection({ title, text, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 border-b border-line pb-6 last:border-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="text-13 font-semibold">
            {title}
          </h2>
          {text ? <p className="text-13 text-muted">{text}</p> : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
