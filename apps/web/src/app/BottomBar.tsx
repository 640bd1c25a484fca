import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { UnreadMark } from '../features/chat/UnreadMark.tsx'
import { cx } from '../ui/cx.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import type { Place } from './nav.ts'
import { useMainPlaces, useSettingsPlace } from './places.ts'

/** As many as a thumb hits without looking. */
const places = 5

const PLACE =
  'flex h-bottom-bar min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-11 font-medium'
const tone = (active: boolean) => (active ? 'text-accent-ink' : 'text-muted')

/** The phone's navigation, within reach of the thumb: where one goes most, and the rest behind the last place. */
export function BottomBar() {
  const { t } = useTranslation()
  const main = useMainPlaces()
  const settings = useSettingsPlace()
  const entries = [...main, settings]
  const often = entries.filter((entry) => entry.often)
  const shown = entries.length > places ? often : entries
  return (
    <nav
      aria-label={t('shell.nav.main')}
      className="flex shrink-0 border-t border-line bg-base pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {shown.map(({ name, label, path, icon: Icon }) => (
        <NavLink key={name} to={path} className={({ isActive }) => cx(PLACE, tone(isActive))}>
          <span className="relative">
            <Icon className="size-5" strokeWidth={1.75} aria-hidden />
            {name === 'chat' ? (
              <span className="absolute -top-1.5 left-3 flex">
                <UnreadMark />
              </span>
            ) : null}
          </span>
          <span className="max-w-full truncate tracking-tight">{label}</span>
        </NavLink>
      ))}
      {shown === entries ? null : <MorePlaces entries={entries.filter((entry) => !entry.often)} />}
    </nav>
  )
}

function MorePlaces({ entries }: { entries: readonly Place[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <button
          type="button"
          className={cx(PLACE, tone(entries.some(({ path }) => pathname.startsWith(path))))}
        >
          <Ellipsis className="size-5" strokeWidth={1.75} aria-hidden />
          <span className="max-w-full truncate tracking-tight">{t('shell.nav.more')}</span>
        </button>
      }
    >
      {entries.map(({ name, label, path, icon }) => (
        <MenuItem key={name} icon={icon} onSelect={() => void navigate(path)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}
