import { line } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useRoleName } from '../members/roles.ts'
import { rolesQuery, useCreateRole } from './api.ts'
import { useExplainRoleProblem } from './useRoleProblem.ts'

type Props = {
  /** The role to clone; null while closed. */
  source: string | null
  onClose: () => void
  onMade: (id: string) => void
}

export function NewRoleDialog({ source, onClose, onMade }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={source !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="small"
      title={t('roles.new')}
      description={t('roles.new_text')}
    >
      {source === null ? null : (
        <NewRoleForm
          key={source}
          source={source}
          onCancel={onClose}
          onMade={(id) => {
            onClose()
            onMade(id)
          }}
        />
      )}
    </Dialog>
  )
}

const Typed = z.object({ name: line(80), from: z.string() })

type FormProps = { source: string; onCancel: () => void; onMade: (id: string) => void }

function NewRoleForm({ source, onCancel, onMade }: FormProps) {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const { data: roles } = useSuspenseQuery(rolesQuery)
  const create = useCreateRole()
  const [key] = useState(() => crypto.randomUUID())
  const shell = useFormShell({
    schema: Typed,
    defaults: { name: '', from: source },
    explain: useExplainRoleProblem(),
    submit: async (body) => onMade((await create.mutateAsync({ key, body })).id),
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="name" label={t('roles.name')}>
        {(field) => <Input {...field} autoComplete="off" placeholder={t('roles.name_example')} />}
      </FormField>
      <FormField shell={shell} name="from" label={t('roles.from')} hint={t('roles.from_hint')}>
        {(field) => (
          <Select
            {...field}
            options={roles.map(({ id, name }) => ({ value: id, label: nameOf(id, name) }))}
          />
        )}
      </FormField>
      <FormActions submit={t('common.action.create')} busy={shell.submitting} onCancel={onCancel} />
    </Form>
  )
}
