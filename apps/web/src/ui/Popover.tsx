import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

export type PopoverProps = {
  trigger: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Name for screen readers when there is no visible title. */
  label?: string
  title?: ReactNode
  className?: string
  children: ReactNode
}

export function Popover(props: PopoverProps) {
  const {
    trigger,
    open,
    onOpenChange,
    side = 'bottom',
    align = 'start',
    label,
    title,
    className,
    children,
  } = props
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-40">
          <Base.Popup
            aria-label={label}
            className={cx(
              'float-surface float-motion max-h-(--available-height) overflow-y-auto p-3',
              className,
            )}
          >
            {title ? <Base.Title className="mb-2 text-13 font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
