import type { RoleRecord } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Banner } from '../../ui/Banner.tsx'
import { useRoleText } from '../members/roles.ts'
import { FieldRuleList } from './FieldRuleEditor.tsx'
import { GrantList } from './GrantEditor.tsx'

/** A role that the reader cannot change: a built-in one, or one that grants more than they hold. */
export function RoleView({ role }: { role: RoleRecord }) {
  const { t } = useTranslation()
  const text = useRoleText()(role.id, role.description)
  return (
    <div className="flex flex-col gap-5 p-4">
      <p className="text-13 text-muted">
        {text}{' '}
        <Link to={paths.members} className="whitespace-nowrap text-accent-ink underline">
          {t('roles.members', { count: role.member_count })}
        </Link>
      </p>
      <Banner kind="info">{t(role.built_in ? 'roles.built_in_text' : 'roles.read_only_text')}</Banner>
      <GrantList grants={role.grants} />
      <FieldRuleList rules={role.field_rules} />
    </div>
  )
}
