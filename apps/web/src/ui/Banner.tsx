import { CloudOff, Info, LoaderCircle, Wrench } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type BannerKind = 'offline' | 'reconnecting' | 'maintenance' | 'info'

const LOOKS: Record<BannerKind, { icon: LucideIcon; className: string; turning?: boolean }> = {
  offline: { icon: CloudOff, className: 'bg-warn-soft text-warn-ink' },
  reconnecting: { icon: LoaderCircle, className: 'bg-warn-soft text-warn-ink', turning: true },
  maintenance: { icon: Wrench, className: 'bg-info-soft text-info-ink' },
  info: { icon: Info, className: 'bg-info-soft text-info-ink' },
}

/** One line across the page about the state of the whole app. Announced politely. */
export function Banner({
  kind,
  actions,
  children,
}: {
  kind: BannerKind
  actions?: ReactNode
  children: ReactNode
}) {
  const { icon: Icon, className, turning = false } = LOOKS[kind]
  return (
    <output className={cx('flex min-h-8 items-center justify-center gap-2 px-4 py-1 text-12', className)}>
      <Icon className={cx('size-3.5 shrink-0', turning && 'animate-spin')} aria-hidden />
      <span>{children}</span>
      {actions}
    </output>
  )
}
