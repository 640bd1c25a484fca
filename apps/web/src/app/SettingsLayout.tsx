import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { cx } from '../ui/cx.ts'
import { Page } from '../ui/Page.tsx'
import { useMedia } from '../ui/table/useMedia.ts'
import { settingsFor } from './nav.ts'
import { paths } from './paths.ts'
import { useMe } from './session.ts'

/** The settings: their own list beside the page; on a phone the list is the first page, and each page leads back to it. */
export function SettingsLayout() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className="flex h-full min-h-0 flex-col md:flex-row">
      <nav
        aria-label={t('shell.nav.settings')}
        className="hidden w-52 shrink-0 flex-col overflow-y-auto border-r border-line px-2 pt-3 pb-4 md:flex"
      >
        <SettingsList dense />
      </nav>
      {pathname === paths.settings ? null : (
        <Link
          to={paths.settings}
          className="flex h-11 shrink-0 items-center gap-1 px-3 text-13 font-medium text-muted md:hidden"
        >
          <ChevronLeft className="size-4" aria-hidden />
          {t('shell.nav.settings')}
        </Link>
      )}
      <div className="min-h-0 min-w-0 flex-1">
        <Outlet />
      </div>
    </div>
  )
}

/** On a wide screen the list stands beside, so the first page is shown at once. */
export function SettingsIndex() {
  const { t } = useTranslation()
  const wide = useMedia('(min-width: 768px)')
  const first = settingsFor(useMe())[0]?.entries[0]
  if (wide && first) return <Navigate to={first.path} replace />
  return (
    <Page title={t('shell.nav.settings')}>
      <nav aria-label={t('shell.nav.settings')} className="flex flex-col">
        <SettingsList />
      </nav>
    </Page>
  )
}

function SettingsList({ dense = false }: { dense?: boolean }) {
  const { t } = useTranslation()
  return settingsFor(useMe()).map((group) => (
    <section
      key={group.name}
      aria-label={t(`shell.settings.${group.name}`)}
      className="flex flex-col gap-px pb-4"
    >
      <h2 className="px-2 pb-1 text-11 font-medium text-faint">{t(`shell.settings.${group.name}`)}</h2>
      {group.entries.map(({ name, path, icon: Icon }) => (
        <NavLink
          key={name}
          to={path}
          className={({ isActive }) =>
            cx(
              'flex shrink-0 items-center gap-2.5 rounded-base px-2 text-13 font-medium transition-colors',
              dense ? 'h-control-small min-h-7' : 'h-11',
              isActive ? 'bg-active text-ink' : 'text-muted hover:bg-hover hover:text-ink',
            )
          }
        >
          <Icon className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
          <span className="truncate">{t(`shell.nav.${name}`)}</span>
          {dense ? null : <ChevronRight className="ml-auto size-4 text-faint" aria-hidden />}
        </NavLink>
      ))}
    </section>
  ))
}
