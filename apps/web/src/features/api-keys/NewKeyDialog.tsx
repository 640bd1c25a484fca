import { line, type ApiKeyWithSecret } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useCreateKey } from './api.ts'
import { readOnlyScopes } from './scopes.ts'
import { ScopePicker } from './ScopePicker.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { useExplain } from './useExplain.ts'

const expiries = { days_30: 30, days_90: 90, days_365: 365, never: null } as const
const expiryNames = Object.keys(expiries) as (keyof typeof expiries)[]
const day_ms = 24 * 3600_000

const Typed = z.object({
  name: line(100),
  scopes: z.array(z.string()).min(1),
  expiry: z.enum(expiryNames),
})

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

export function NewKeyDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const [made, setMade] = useState<ApiKeyWithSecret | null>(null)
  const close = () => {
    onOpenChange(false)
    setMade(null)
  }
  if (made !== null) return <SecretDialog title={t('apiKeys.secret.made')} made={made} onDone={close} />
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={t('apiKeys.new')}>
      <NewKeyForm onMade={setMade} onCancel={close} />
    </Dialog>
  )
}

type FormProps = { onMade: (made: ApiKeyWithSecret) => void; onCancel: () => void }

function NewKeyForm({ onMade, onCancel }: FormProps) {
  const { t } = useTranslation()
  const held = useMe().permissions
  const create = useCreateKey()
  const [key] = useState(() => crypto.randomUUID())
  const shell = useFormShell({
    schema: Typed,
    defaults: { name: '', scopes: readOnlyScopes(held), expiry: 'days_90' },
    explain: useExplain(),
    async submit({ name, scopes, expiry }) {
      const days = expiries[expiry]
      const expires_at = days === null ? null : new Date(Date.now() + days * day_ms).toISOString()
      onMade(await create.mutateAsync({ key, body: { name, scopes, expires_at } }))
    },
  })
  const { form } = shell
  const unlimited = form.watch('expiry') === 'never'
  return (
    <Form shell={shell}>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField shell={shell} name="name" label={t('apiKeys.name')} hint={t('apiKeys.name_hint')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField
          shell={shell}
          name="expiry"
          label={t('apiKeys.expiry.label')}
          hint={unlimited ? t('apiKeys.expiry.never_hint') : undefined}
        >
          {(field) => (
            <Select
              {...field}
              options={expiryNames.map((value) => ({ value, label: t(`apiKeys.expiry.${value}`) }))}
            />
          )}
        </FormField>
      </div>
      <ScopePicker
        value={form.watch('scopes')}
        onChange={(scopes) => form.setValue('scopes', scopes, { shouldDirty: true, shouldValidate: true })}
        error={form.formState.errors.scopes ? t('apiKeys.scopes.needed') : undefined}
      />
      <div className="sticky -bottom-2 -mx-4 -mb-2 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3">
        <Button variant="ghost" onClick={onCancel}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t('common.action.create')}
        </Button>
      </div>
    </Form>
  )
}
