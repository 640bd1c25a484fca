import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuChoices } from '../ui/Menu.tsx'
import { THEMES, changeTheme, useTheme } from './theme.ts'

const ICONS = { light: Sun, dark: Moon, system: Monitor }

export function ThemeChoices() {
  const { t } = useTranslation()
  const theme = useTheme()
  return (
    <MenuChoices
      value={theme}
      onChange={changeTheme}
      choices={THEMES.map((value) => ({ value, label: t(`shell.theme.${value}`), icon: ICONS[value] }))}
    />
  )
}

export function ThemeMenu() {
  const { t } = useTranslation()
  const theme = useTheme()
  return (
    <Menu align="end" trigger={<IconButton icon={ICONS[theme]} label={t('shell.topbar.theme')} />}>
      <ThemeChoices />
    </Menu>
  )
}
