import type { RoleRecord } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { useRoleName } from '../members/roles.ts'
import { rolesQuery, useRemoveRole } from './api.ts'
import { useTellRoleProblem } from './useRoleProblem.ts'

type Props = { role: RoleRecord; onClose: () => void; onDeleted: () => void }

/** Whoever has the role needs another one, so that nobody is left without. */
export function DeleteRoleDialog({ role, onClose, onDeleted }: Props) {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const { data: roles } = useSuspenseQuery(rolesQuery)
  const remove = useRemoveRole()
  const tell = useTellRoleProblem()
  const [chosen, setChosen] = useState<string | null>(null)
  const inUse = role.member_count > 0
  const options = roles
    .filter((other) => other.id !== role.id && other.can.assign)
    .map(({ id, name }) => ({ value: id, label: nameOf(id, name) }))
  const submit = () =>
    remove.mutate(
      { id: role.id, replacement: inUse ? chosen : null },
      {
        ...tell,
        onSuccess() {
          notify.success(t('roles.delete.done', { name: role.name }))
          onClose()
          onDeleted()
        },
      },
    )
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('roles.delete.title', { name: role.name })}
      description={inUse ? t('roles.delete.in_use', { count: role.member_count }) : t('roles.delete.unused')}
      confirm={t('roles.delete.confirm')}
      busy={remove.isPending}
      disabled={inUse && chosen === null}
      onConfirm={submit}
    >
      {inUse ? (
        <Field label={t('roles.delete.replacement')}>
          <Select value={chosen} options={options} onChange={setChosen} />
        </Field>
      ) : null}
    </ConfirmDialog>
  )
}
