import type { RoleRecord } from '@rapport/contracts'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { useRoleName, useRoleText } from '../members/roles.ts'

type Props = { roles: readonly RoleRecord[]; onOpen: (id: string) => void }

/** On a phone one looks at one role after the other. */
export function RoleList({ roles, onOpen }: Props) {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const textOf = useRoleText()
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto pb-16" aria-label={t('roles.title')}>
      {roles.map((role) => (
        <li key={role.id} className="border-b border-line">
          <button
            type="button"
            onClick={() => onOpen(role.id)}
            className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left active:bg-active"
          >
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-2 text-15 font-medium">
                <span className="truncate">{nameOf(role.id, role.name)}</span>
                {role.built_in ? null : <Badge tone="accent">{t('roles.own')}</Badge>}
              </span>
              <span className="line-clamp-2 text-12 text-muted">{textOf(role.id, role.description)}</span>
            </span>
            <span className="text-12 whitespace-nowrap text-faint">
              {t('roles.members', { count: role.member_count })}
            </span>
            <ChevronRight className="size-4 shrink-0 text-faint" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
