import { Check, Minus } from 'lucide-react'
import { cx } from '../cx.ts'

type RowTickProps = {
  state: boolean | 'mixed'
  /** Left out where the element around it already says whether it is chosen. */
  label?: string
  /** Shows only on hover until ticked. */
  quiet?: boolean
}

/**
 * The tick of a row. Looks like the kit's Checkbox but is a bare element: its cell takes the click and the keys, and
 * forty rows with forty hidden inputs would cost frames while scrolling.
 */
export function RowTick({ state, label, quiet = false }: RowTickProps) {
  const on = state !== false
  return (
    // The grid cell around it takes focus and keys for it, as in any grid with one control per cell.
    <span
      {...(label === undefined
        ? { 'aria-hidden': true }
        : { role: 'checkbox', 'aria-checked': state, 'aria-label': label, tabIndex: -1 })}
      className={cx(
        'inline-flex size-4 items-center justify-center rounded-small border transition-colors',
        on ? 'border-accent bg-accent text-on-accent' : 'border-line-control bg-base',
        quiet &&
          !on &&
          'opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {state === 'mixed' ? <Minus className="size-3" strokeWidth={3} aria-hidden /> : null}
      {state === true ? <Check className="size-3" strokeWidth={3} aria-hidden /> : null}
    </span>
  )
}
