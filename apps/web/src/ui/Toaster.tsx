import { Toast } from '@base-ui/react/toast'
import { Bell, CircleAlert, CircleCheck, LoaderCircle, Undo2, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { toasts } from './notify.ts'
import { Progress } from './Progress.tsx'
import type { ToastData, ToastKind } from './notify.ts'

const ICONS: Record<ToastKind, LucideIcon> = {
  success: CircleCheck,
  problem: CircleAlert,
  undo: CircleCheck,
  progress: LoaderCircle,
  news: Bell,
}
const TINTS: Record<ToastKind, string> = {
  success: 'text-success',
  problem: 'text-danger',
  undo: 'text-success',
  progress: 'text-muted',
  news: 'text-accent-ink',
}

const ROOT =
  'float-surface flex w-full items-start gap-2.5 p-2.5 pr-2 ' +
  '[transform:translateX(var(--toast-swipe-movement-x))_translateY(var(--toast-swipe-movement-y))] ' +
  'transition-[opacity,translate] duration-(--slow) ' +
  'data-starting-style:translate-y-3 data-starting-style:opacity-0 data-ending-style:translate-x-4 data-ending-style:opacity-0'

/** Belongs once into the app. F6 moves focus here; toasts wait while they are hovered or focused. */
export function Toaster() {
  const { t } = useTranslation()
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('common.toast.region')}
          className="fixed inset-x-3 bottom-[calc(var(--bottom-bar)+0.75rem+env(safe-area-inset-bottom))] z-60 flex flex-col gap-2 md:inset-x-auto md:right-4 md:bottom-4 md:w-88"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { t } = useTranslation()
  const { toasts: shown } = Toast.useToastManager<ToastData>()
  return shown.map((toast) => {
    const kind = toast.data?.kind ?? 'success'
    const Icon = ICONS[kind]
    const { undo, progress, actions = [] } = toast.data ?? {}
    return (
      <Toast.Root key={toast.id} toast={toast} swipeDirection={['right', 'down']} className={ROOT}>
        <Icon className={cx('mt-0.5 size-4 shrink-0', TINTS[kind])} strokeWidth={1.75} aria-hidden />
        <div className="min-w-0 flex-1">
          <Toast.Title className="text-13 font-medium" />
          <Toast.Description className="text-12 text-muted empty:hidden" />
          {progress ? (
            <div className="pt-1.5">
              <Progress label={toast.title} labelHidden value={progress.value} />
              <span className="text-12 text-muted tabular">{progress.detail}</span>
            </div>
          ) : null}
        </div>
        {actions.map(({ label, run }) => (
          <Button key={label} size="small" onClick={run} className="-my-0.5">
            {label}
          </Button>
        ))}
        {undo ? (
          <Button size="small" icon={Undo2} shortcut="z" onClick={undo} className="-my-0.5">
            {t('common.action.undo')}
          </Button>
        ) : null}
        <Toast.Close
          aria-label={t('common.action.close')}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-small text-faint hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </Toast.Close>
      </Toast.Root>
    )
  })
}
