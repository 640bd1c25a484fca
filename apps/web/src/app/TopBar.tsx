import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NotificationBell } from '../features/notifications/NotificationBell.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { useCommands } from './commands.ts'
import { ConnectionDot } from './ConnectionDot.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { OrganizationSwitcher } from './OrganizationSwitcher.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import { UserMenu } from './UserMenu.tsx'

export function TopBar() {
  const { t } = useTranslation()
  const { openPalette } = useCommands()
  return (
    <header className="flex h-bar shrink-0 items-center gap-1 border-b border-line px-2 md:px-3">
      <div className="min-w-0 flex-1 md:hidden">
        <OrganizationSwitcher />
      </div>
      <button
        type="button"
        onClick={openPalette}
        className="flex h-control items-center gap-2 rounded-base px-2 text-13 text-faint transition-colors hover:bg-hover md:w-88 md:border md:border-line md:bg-sunken md:px-2.5"
      >
        <Search className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
        <span className="sr-only flex-1 text-left md:not-sr-only">{t('shell.topbar.search')}</span>
        <Kbd keys="mod+k" className="hidden md:inline-flex" />
      </button>
      <div className="flex items-center gap-0.5 md:ml-auto">
        <ConnectionDot />
        <div className="hidden md:flex md:gap-0.5">
          <ThemeMenu />
          <LanguageMenu />
        </div>
        <NotificationBell />
        <UserMenu />
      </div>
    </header>
  )
}
