import { Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuChoices } from '../ui/Menu.tsx'
import { notify } from '../ui/notify.ts'
import { useDescribeProblem } from '../ui/problem.ts'
import { LANGUAGES, changeLanguage, nameLanguage } from './i18n.ts'

export function LanguageChoices() {
  const { t, i18n } = useTranslation()
  const describe = useDescribeProblem()
  function change(language: string) {
    changeLanguage(language).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describe(error)),
    )
  }
  return (
    <MenuChoices
      value={i18n.language}
      onChange={change}
      choices={LANGUAGES.map((tag) => ({ value: tag, label: nameLanguage(tag) }))}
    />
  )
}

export function LanguageMenu() {
  const { t } = useTranslation()
  return (
    <Menu align="end" trigger={<IconButton icon={Languages} label={t('shell.topbar.language')} />}>
      <LanguageChoices />
    </Menu>
  )
}
