import { CircleUserRound, Keyboard, Languages, LogOut, SunMoon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { PersonAvatar } from '../features/presence/PersonAvatar.tsx'
import { StatusDialog } from '../features/presence/StatusDialog.tsx'
import { StatusMenu } from '../features/presence/StatusMenu.tsx'
import { Menu, MenuItem, MenuSeparator, SubMenu } from '../ui/Menu.tsx'
import { notify } from '../ui/notify.ts'
import { useDescribeProblem } from '../ui/problem.ts'
import { useCommands } from './commands.ts'
import { LanguageChoices } from './LanguageMenu.tsx'
import { paths } from './paths.ts'
import { logOut, useMe } from './session.ts'
import { ThemeChoices } from './ThemeMenu.tsx'

export function UserMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const { openShortcuts } = useCommands()
  const leave = useLogOut()
  const navigate = useNavigate()
  const [saying, setSaying] = useState(false)
  return (
    <>
      <Menu
        align="end"
        className="w-60"
        trigger={
          <button
            type="button"
            aria-label={t('shell.topbar.account', { name: user.full_name })}
            className="inline-flex size-control items-center justify-center rounded-full transition-colors hover:bg-hover data-popup-open:bg-hover"
          >
            <PersonAvatar user_id={user.id} name={user.full_name} size={24} decorative />
          </button>
        }
      >
        <div className="px-2 py-1.5">
          <div className="truncate text-13 font-medium">{user.full_name}</div>
          <div className="truncate text-12 text-muted">{user.email}</div>
        </div>
        <MenuSeparator />
        <StatusMenu onSay={() => setSaying(true)} />
        <MenuSeparator />
        <MenuItem icon={CircleUserRound} onSelect={() => void navigate(paths.profile)}>
          {t('shell.nav.profile')}
        </MenuItem>
        <SubMenu icon={SunMoon} label={t('shell.topbar.theme')}>
          <ThemeChoices />
        </SubMenu>
        <SubMenu icon={Languages} label={t('shell.topbar.language')}>
          <LanguageChoices />
        </SubMenu>
        <MenuItem icon={Keyboard} shortcut="?" onSelect={openShortcuts}>
          {t('shell.topbar.shortcuts')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={LogOut} onSelect={leave}>
          {t('shell.topbar.log_out')}
        </MenuItem>
      </Menu>
      {saying ? <StatusDialog onClose={() => setSaying(false)} /> : null}
    </>
  )
}

export function useLogOut(): () => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return () => {
    logOut().catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
  }
}
