import { Registration } from '@rapport/contracts'
import { BadgeCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe, useSendsMail } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { saveName } from './api.ts'

const Name = z.strictObject({ full_name: Registration.shape.full_name })

export function NameForm() {
  const { t } = useTranslation()
  const { user } = useMe()
  const shell = useFormShell({
    schema: Name,
    defaults: { full_name: user.full_name },
    submit: async ({ full_name }) => {
      await saveName(full_name)
      notify.success(t('common.state.saved'))
    },
  })
  return (
    <Form shell={shell} className="max-w-sm">
      <FormField shell={shell} name="full_name" label={t('account.profile.name')}>
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <Field label={t('account.profile.email')} hint={<AddressState />}>
        <Input value={user.email} readOnly />
      </Field>
      <Button type="submit" loading={shell.submitting} className="self-start">
        {t('common.action.save')}
      </Button>
    </Form>
  )
}

function AddressState() {
  const { t } = useTranslation()
  const { user } = useMe()
  const sends = useSendsMail()
  if (user.email_verified_at !== null)
    return (
      <span className="inline-flex items-center gap-1 text-success-ink">
        <BadgeCheck className="size-3.5" aria-hidden />
        {t('account.profile.confirmed')}
      </span>
    )
  return sends ? t('account.profile.unconfirmed') : null
}
