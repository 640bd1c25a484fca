import { identity } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { switchOrganization } from '../../app/session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useCreateOrganization } from './api.ts'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

export function CreateOrganizationDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      title={t('organization.create.title')}
      description={t('organization.create.text')}
    >
      <CreateOrganizationForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

const NewOrganization = identity.createOrganization.body.pick({ name: true })

function CreateOrganizationForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation()
  const create = useCreateOrganization()
  const shell = useFormShell({
    schema: NewOrganization,
    defaults: { name: '' },
    submit: async ({ name }) => {
      const made = await create.mutateAsync(name)
      await switchOrganization(made.id)
    },
  })
  return (
    <Form shell={shell} className="pb-2">
      <FormField shell={shell} name="name" label={t('organization.field.name')}>
        {(field) => <Input {...field} autoComplete="organization" />}
      </FormField>
      <FormActions submit={t('common.action.create')} busy={shell.submitting} onCancel={onCancel} />
    </Form>
  )
}
