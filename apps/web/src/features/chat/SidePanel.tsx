import { ArrowLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'

type Props = { title: string; beside?: string; onClose: () => void; children: ReactNode }

/** Beside the conversation; in its place where there is no room for both. */
export function SidePanel({ title, beside, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <aside
      aria-label={title}
      className="absolute inset-0 z-10 flex min-h-0 flex-col bg-base lg:static lg:w-96 lg:shrink-0 lg:border-l lg:border-line"
    >
      <header className="flex h-bar shrink-0 items-center gap-2 border-b border-line pr-2 pl-2 lg:pl-4">
        <span className="lg:hidden">
          <IconButton icon={ArrowLeft} label={t('chat.back')} onClick={onClose} />
        </span>
        <h2 className="truncate text-13 font-semibold">{title}</h2>
        {beside ? <span className="min-w-0 flex-1 truncate text-12 text-faint">{beside}</span> : null}
        <span className="ml-auto hidden lg:block">
          <IconButton icon={X} label={t('common.action.close')} onClick={onClose} />
        </span>
      </header>
      {children}
    </aside>
  )
}
