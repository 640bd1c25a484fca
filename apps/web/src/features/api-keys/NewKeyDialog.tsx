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
import { SecretShown } from './SecretShown.tsx'
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
  return (
    <Dialog
      open={open}
      // Once the secret is shown, only the button closes: a stray click would lose it.
      onOpenChange={(next) => (made === null ? onOpenChange(next) : undefined)}
      size={made === null ? 'large' : 'normal'}
      title={made === null ? t('apiKeys.new') : t('apiKeys.secret.made')}
    >
      {made === null ? (
        <NewKeyForm onMade={setMade} onCancel={close} />
      ) : (
        <SecretShown made={made} onDone={close} />
      )}
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
      <div className="flex justify-end gap-2">
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
