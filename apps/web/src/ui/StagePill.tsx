import type { ReactNode } from 'react'
import { ColourDot } from './ColourDot.tsx'
import { cx } from './cx.ts'
import type { Hue } from './hue.ts'

/** A stage, status or tag in its own colour. */
export function StagePill({
  hue,
  className,
  children,
}: {
  hue: Hue
  className?: string
  children: ReactNode
}) {
  return (
    <span
      data-hue={hue}
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1.5 rounded-small bg-hue-bg px-1.5 text-12 font-medium text-hue-ink',
        className,
      )}
    >
      <ColourDot hue={hue} className="size-1.5" />
      <span className="truncate">{children}</span>
    </span>
  )
}
