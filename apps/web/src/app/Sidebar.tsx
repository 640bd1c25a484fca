import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { UnreadMark } from '../features/chat/UnreadMark.tsx'
import { cx } from '../ui/cx.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import type { Place } from './nav.ts'
import { OrganizationSwitcher } from './OrganizationSwitcher.tsx'
import { useMainPlaces, useSettingsPlace } from './places.ts'
import { toggleSidebar, useSidebarCollapsed } from './sidebarState.ts'

export function Sidebar() {
  const { t } = useTranslation()
  const collapsed = useSidebarCollapsed()
  const places = useMainPlaces()
  const settings = useSettingsPlace()
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
        {places.map((place) => (
          <NavLine key={place.name} place={place} collapsed={collapsed} />
        ))}
      </nav>
      <div className="flex flex-col px-2">
        <NavLine place={settings} collapsed={collapsed} />
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

function NavLine({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const { icon: Icon, label } = place
  return (
    <Tooltip label={label} {...(place.keys === undefined ? {} : { shortcut: place.keys })} side="right">
      <NavLink
        to={place.path}
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
        {place.name === 'chat' ? <UnreadMark bare={collapsed} /> : null}
      </NavLink>
    </Tooltip>
  )
}
