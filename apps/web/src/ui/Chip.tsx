import { X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

export type ChipProps = Omit<ComponentProps<'button'>, 'name' | 'children'> & {
  /** What the remove button says it removes. */
  name: string
  onRemove?: () => void
  children: ReactNode
}

const SHELL =
  'inline-flex h-control-small max-w-full items-stretch rounded-base border border-line-strong bg-raised text-12'

/**
 * Something that was chosen and can be changed or taken away, such as a filter. The body is a button (a popover's
 * trigger, for instance), the cross is its own.
 */
export function Chip({ name, onRemove, className, children, ...rest }: ChipProps) {
  const { t } = useTranslation()
  return (
    <span className={cx(SHELL, className)}>
      <button
        type="button"
        {...rest}
        className="inline-flex min-w-0 items-center gap-1.5 rounded-base px-2 hover:bg-hover data-popup-open:bg-hover"
      >
        {children}
      </button>
      {onRemove ? (
        <button
          type="button"
          onClick={onRemove}
          aria-label={t('common.action.remove', { name })}
          className="inline-flex w-6 shrink-0 items-center justify-center rounded-base text-faint hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      ) : null}
    </span>
  )
}
