import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { Scrim } from './Dialog.tsx'
import { IconButton } from './IconButton.tsx'

export type SheetProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Buttons in the head: next, previous, open as page, more. */
  actions?: ReactNode
  /** Not modal: the list behind stays usable, as a record beside its list wants it. */
  modal?: boolean
  width?: 'normal' | 'wide'
  footer?: ReactNode
  children: ReactNode
}

const WIDTHS = { normal: 'md:w-[26rem]', wide: 'md:w-[44rem]' }

const POPUP =
  'fixed z-20 flex flex-col bg-base text-ink outline-none inset-0 md:left-auto md:border-l md:border-line md:shadow-float ' +
  'transition-[translate,opacity] duration-(--slow) ' +
  'data-starting-style:translate-y-4 data-starting-style:opacity-0 data-ending-style:translate-y-4 data-ending-style:opacity-0 ' +
  'md:data-starting-style:translate-y-0 md:data-starting-style:translate-x-8 md:data-ending-style:translate-y-0 md:data-ending-style:translate-x-8'

/** A side panel from the right; the whole screen on a phone. */
export function Sheet(props: SheetProps) {
  const { open, onOpenChange, title, actions, modal = false, width = 'normal', footer, children } = props
  const { t } = useTranslation()
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root
      open={open}
      modal={modal}
      disablePointerDismissal={!modal}
      onOpenChange={(next) => onOpenChange(next)}
    >
      <Base.Portal>
        {modal ? <Scrim /> : null}
        <Base.Popup
          ref={popup}
          // The panel itself, not the first of its buttons: a screen reader then begins with its title.
          initialFocus={popup}
          className={cx(POPUP, modal && 'z-30', WIDTHS[width])}
          {...(modal ? { 'data-layer': '' } : {})}
        >
          <div className="flex h-bar shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
            <Base.Title className="min-w-0 flex-1 truncate text-13 font-semibold">{title}</Base.Title>
            {actions}
            <Base.Close render={<IconButton icon={X} label={t('common.action.close')} shortcut="escape" />} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer ? (
            <div className="flex shrink-0 justify-end gap-2 border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
