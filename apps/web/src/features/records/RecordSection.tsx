import type { ReactNode } from 'react'

/** A titled group of a record's fields. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-0.5">
      <h2 className="mb-1 text-11 font-semibold text-faint uppercase">{title}</h2>
      {children}
    </section>
  )
}
