import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { IconButton } from './IconButton.tsx'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** Where it came from, when it is opened by one button. */
  trigger?: ReactElement
  size?: 'small' | 'normal' | 'large'
  /** Buttons, the main one last. */
  footer?: ReactNode
  children?: ReactNode
}

const WIDTHS = { small: 'sm:max-w-sm', normal: 'sm:max-w-lg', large: 'sm:max-w-3xl' }

const POPUP =
  'float-surface fixed z-30 flex w-full flex-col inset-x-0 bottom-0 max-h-[88dvh] ' +
  'sm:inset-auto sm:top-[12dvh] sm:left-1/2 sm:max-h-[76dvh] sm:-translate-x-1/2 ' +
  'transition-[opacity,translate] duration-(--normal) ' +
  'data-starting-style:opacity-0 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-ending-style:translate-y-2'

/** A question that needs an answer before going on. On a phone it rises from the bottom, where the thumb is. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, trigger, size = 'normal', footer, children } = props
  const { t } = useTranslation()
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Scrim />
        <Base.Popup
          ref={popup}
          data-layer=""
          initialFocus={() => firstField(popup.current)}
          className={cx(POPUP, WIDTHS[size])}
        >
          <div className="flex items-start gap-3 px-4 pt-3 pb-1">
            <div className="min-w-0 flex-1 pt-1">
              <Base.Title className="text-15 font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-1 text-13 text-muted">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close
              render={<IconButton icon={X} label={t('common.action.close')} />}
              className="-mr-1.5"
            />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-2">{children}</div>
          {footer ? (
            <div className="flex justify-end gap-2 px-4 pt-2 pb-[max(1rem,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          ) : (
            <div className="h-2" />
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The first thing to fill in; else the dialog itself, so that Enter does not press a button unread. */
function firstField(popup: HTMLElement | null): HTMLElement | null {
  return popup?.querySelector<HTMLElement>('input, textarea, [role=combobox]') ?? popup
}

export function Scrim() {
  return (
    <Base.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-(--normal) data-ending-style:opacity-0 data-starting-style:opacity-0" />
  )
}
