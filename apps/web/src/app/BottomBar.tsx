import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { cx } from '../ui/cx.ts'
import { mainNav, mayGo, settingsEntry } from './nav.ts'
import { useMe } from './session.ts'

/** The phone's navigation, within reach of the thumb. */
export function BottomBar() {
  const { t } = useTranslation()
  const me = useMe()
  const entries = [...mainNav, settingsEntry].filter((entry) => mayGo(me, entry))
  return (
    <nav
      aria-label={t('shell.nav.main')}
      className="flex shrink-0 border-t border-line bg-base pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {entries.map(({ name, path, icon: Icon }) => (
        <NavLink
          key={name}
          to={path}
          className={({ isActive }) =>
            cx(
              'flex h-bottom-bar min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-11 font-medium',
              isActive ? 'text-accent-ink' : 'text-muted',
            )
          }
        >
          <Icon className="size-5" strokeWidth={1.75} aria-hidden />
          <span className="max-w-full truncate tracking-tight">{t(`shell.nav.${name}`)}</span>
        </NavLink>
      ))}
    </nav>
  )
}
