import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type CheckboxProps = {
  checked: boolean
  indeterminate?: boolean
  onChange: (checked: boolean, event: Event) => void
  disabled?: boolean
  name?: string
  /** Visible text; without it give `label`. */
  children?: ReactNode
  label?: string
  tabIndex?: number
  className?: string
}

const BOX =
  'inline-flex size-4 shrink-0 items-center justify-center rounded-small border border-line-control bg-base ' +
  'transition-colors hover:border-ink-muted data-checked:border-accent data-checked:bg-accent data-checked:text-on-accent ' +
  'data-indeterminate:border-accent data-indeterminate:bg-accent data-indeterminate:text-on-accent data-disabled:opacity-50'

export function Checkbox(props: CheckboxProps) {
  const {
    checked,
    indeterminate = false,
    onChange,
    disabled = false,
    name,
    children,
    label,
    tabIndex,
    className,
  } = props
  const box = (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(next, details) => onChange(next, details.event)}
      disabled={disabled}
      name={name}
      aria-label={label}
      // Given as undefined, it would take the tick out of the order of the keyboard.
      {...(tabIndex === undefined ? {} : { tabIndex })}
      className={cx(BOX, children === undefined && className)}
    >
      <Base.Indicator className="flex">
        {indeterminate ? (
          <Minus className="size-3" strokeWidth={3} aria-hidden />
        ) : (
          <Check className="size-3" strokeWidth={3} aria-hidden />
        )}
      </Base.Indicator>
    </Base.Root>
  )
  if (children === undefined) return box
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2 text-13', className)}>
      {box}
      {children}
    </label>
  )
}
