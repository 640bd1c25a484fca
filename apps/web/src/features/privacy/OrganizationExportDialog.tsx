import { line } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useExportOrganization } from './api.ts'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

export function OrganizationExportDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('privacy.organization.title')}
      description={t('privacy.organization.text')}
    >
      <ExportForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function ExportForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const create = useExportOrganization()
  const shell = useFormShell({
    schema: z.object({ reason: line(500) }),
    defaults: { reason: '' },
    async submit(body) {
      await create.mutateAsync(body)
      notify.success(t('privacy.request.started'))
      onDone()
    },
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="reason" label={t('privacy.reason')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormActions submit={t('privacy.organization.start')} busy={shell.submitting} onCancel={onDone} />
    </Form>
  )
}
