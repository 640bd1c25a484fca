import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type SwitchProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  children?: ReactNode
  label?: string
  /** The element that says more than the label. */
  describedBy?: string
  className?: string
}

/** Takes effect at once; a choice that waits for “Save” is a Checkbox. */
export function Switch({
  checked,
  onChange,
  disabled = false,
  children,
  label,
  describedBy,
  className,
}: SwitchProps) {
  const control = (
    <Base.Root
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      disabled={disabled}
      aria-label={label}
      aria-describedby={describedBy}
      className="inline-flex h-4.5 w-8 shrink-0 items-center rounded-full bg-line-control p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-on-accent transition-transform data-checked:translate-x-3.5" />
    </Base.Root>
  )
  if (children === undefined) return control
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2 text-13', className)}>
      {control}
      {children}
    </label>
  )
}
