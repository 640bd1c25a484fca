import type { RoleRecord } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Banner } from '../../ui/Banner.tsx'
import { useRoleText } from '../members/roles.ts'
import { FieldRuleList } from './FieldRuleEditor.tsx'
import { GrantList } from './GrantEditor.tsx'

/** A role that the reader cannot change: a built-in one, or one that grants more than they hold. */
export function RoleView({ role }: { role: RoleRecord }) {
  const { t } = useTranslation()
  const text = useRoleText()(role.id, role.description)
  return (
    // Focusable, since there is nothing else in it by which the keyboard could scroll.
    <section
      aria-label={t('roles.permissions')}
      tabIndex={0}
      className="flex flex-col gap-5 p-4 outline-none"
    >
      {text ? <p className="text-13 text-muted">{text}</p> : null}
      <Banner kind="info">{t(role.built_in ? 'roles.built_in_text' : 'roles.read_only_text')}</Banner>
      <GrantList grants={role.grants} />
      <FieldRuleList rules={role.field_rules} />
    </section>
  )
}
