import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { buttonClass } from './Button.tsx'
import type { ButtonSize, ButtonVariant } from './Button.tsx'
import { cx } from './cx.ts'
import { Tooltip } from './Tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  icon: LucideIcon
  /** Read aloud and shown as the tooltip. */
  label: string
  shortcut?: string | undefined
  variant?: ButtonVariant
  size?: ButtonSize
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right'
}

export function IconButton(props: IconButtonProps) {
  const {
    icon: Icon,
    label,
    shortcut,
    variant = 'ghost',
    size = 'normal',
    tooltipSide,
    className,
    ...rest
  } = props
  const square = size === 'small' ? 'w-control-small px-0!' : 'w-control px-0!'
  return (
    <Tooltip label={label} shortcut={shortcut} {...(tooltipSide ? { side: tooltipSide } : {})}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(buttonClass(variant, size), square, className)}
      >
        <Icon className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
