import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'
import { Spinner } from './Spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'normal' | 'small'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-active',
  secondary: 'border border-line-strong bg-raised text-ink hover:bg-hover active:bg-active',
  ghost:
    'text-muted hover:bg-hover hover:text-ink active:bg-active data-popup-open:bg-hover data-popup-open:text-ink ' +
    'disabled:border-transparent! disabled:bg-transparent!',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover',
}

const SIZES: Record<ButtonSize, string> = {
  normal: 'h-control gap-2 px-3 text-13',
  small: 'h-control-small gap-1.5 px-2 text-12',
}

const SHAPE =
  'inline-flex shrink-0 items-center justify-center rounded-base font-medium whitespace-nowrap select-none ' +
  'transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed'

const OFF =
  'disabled:bg-sunken disabled:text-disabled disabled:border-line disabled:hover:bg-sunken disabled:border'

/** The look of a button, for links that act like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'normal'): string {
  return cx(SHAPE, OFF, VARIANTS[variant], SIZES[size])
}

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon
  shortcut?: string
  /** Keeps its width and its focus, and takes no second press. */
  loading?: boolean
}

export function Button(props: ButtonProps) {
  const {
    variant,
    size = 'normal',
    icon: Icon,
    shortcut,
    loading = false,
    className,
    children,
    ...rest
  } = props
  return (
    <button
      type="button"
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      {...rest}
      onClick={loading ? (event) => event.preventDefault() : rest.onClick}
      className={cx(buttonClass(variant, size), loading && 'relative', className)}
    >
      {loading ? <Spinner className="absolute" /> : null}
      <span
        className={cx(
          'inline-flex items-center',
          size === 'small' ? 'gap-1.5' : 'gap-2',
          loading && 'opacity-0',
        )}
      >
        {Icon ? <Icon className="size-4 shrink-0" strokeWidth={1.75} aria-hidden /> : null}
        {children}
        {shortcut ? <Kbd keys={shortcut} filled={variant === 'primary' || variant === 'danger'} /> : null}
      </span>
    </button>
  )
}
