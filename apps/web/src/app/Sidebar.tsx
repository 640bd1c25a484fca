import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { cx } from '../ui/cx.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { mainNav, mayGo, settingsEntry } from './nav.ts'
import type { NavEntry } from './nav.ts'
import { OrganizationSwitcher } from './OrganizationSwitcher.tsx'
import { useMe } from './session.ts'
import { toggleSidebar, useSidebarCollapsed } from './sidebarState.ts'

export function Sidebar() {
  const { t } = useTranslation()
  const collapsed = useSidebarCollapsed()
  return (
    <aside
      className={cx(
        'hidden shrink-0 flex-col transition-[width] duration-(--slow) md:flex',
        collapsed ? 'w-sidebar-collapsed' : 'w-sidebar',
      )}
    >
      <div className="flex h-bar items-center px-2">
        <OrganizationSwitcher collapsed={collapsed} />
      </div>
      <nav
        aria-label={t('shell.nav.main')}
        className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-2 pt-1"
      >
        <NavList entries={mainNav} collapsed={collapsed} />
      </nav>
      <div className="flex flex-col px-2">
        <NavLine entry={settingsEntry} collapsed={collapsed} />
      </div>
      <div className="flex p-2">
        <IconButton
          icon={collapsed ? PanelLeftOpen : PanelLeftClose}
          label={collapsed ? t('shell.sidebar.expand') : t('shell.sidebar.collapse')}
          shortcut="["
          tooltipSide="right"
          onClick={toggleSidebar}
        />
      </div>
    </aside>
  )
}

function NavList({ entries, collapsed }: { entries: readonly NavEntry[]; collapsed: boolean }) {
  const me = useMe()
  return entries
    .filter((entry) => mayGo(me, entry))
    .map((entry) => <NavLine key={entry.name} entry={entry} collapsed={collapsed} />)
}

function NavLine({ entry, collapsed }: { entry: NavEntry; collapsed: boolean }) {
  const { t } = useTranslation()
  const Icon = entry.icon
  const label = t(`shell.nav.${entry.name}`)
  return (
    <Tooltip label={label} {...(entry.keys === undefined ? {} : { shortcut: entry.keys })} side="right">
      <NavLink
        to={entry.path}
        aria-label={collapsed ? label : undefined}
        className={({ isActive }) =>
          cx(
            'flex h-control-small min-h-7 shrink-0 items-center gap-2.5 rounded-base px-2 text-13 font-medium transition-colors',
            isActive ? 'bg-active text-ink' : 'text-muted hover:bg-hover hover:text-ink',
            collapsed && 'justify-center',
          )
        }
      >
        <Icon className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
        {collapsed ? null : <span className="truncate">{label}</span>}
      </NavLink>
    </Tooltip>
  )
}
