import { scopeChoices, type Permission, type Scope } from '@rapport/contracts'
import { Check, Globe, Minus, User, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'

const icons = { own: User, team: UsersRound, all: Globe }
const looks = {
  own: 'text-muted',
  team: 'text-info-ink',
  all: 'text-success-ink',
}

/** How far a role may do one thing, in a sign and a word. */
export function ScopeMark({ permission, scope }: { permission: Permission; scope: Scope | undefined }) {
  const { t } = useTranslation()
  if (scope === undefined)
    return (
      <span className="inline-flex text-disabled">
        <Minus className="size-3.5" aria-hidden />
        <span className="sr-only">{t('roles.scope.none')}</span>
      </span>
    )
  const scoped = scopeChoices(permission).length > 1
  const Icon = scoped ? icons[scope] : Check
  return (
    <span className={cx('inline-flex items-center gap-1 text-12 font-medium', looks[scope])}>
      <Icon className="size-3.5 shrink-0" strokeWidth={2} aria-hidden />
      <span className={scoped ? undefined : 'sr-only'}>
        {t(scoped ? `roles.scope.${scope}` : 'roles.scope.yes')}
      </span>
    </span>
  )
}
