import { cx } from './cx.ts'
import type { Hue } from './hue.ts'

/** Never the only carrier of a meaning: a name stands beside it. */
export function ColourDot({ hue, className }: { hue: Hue; className?: string }) {
  return (
    <span data-hue={hue} aria-hidden className={cx('size-2 shrink-0 rounded-full bg-hue-dot', className)} />
  )
}
