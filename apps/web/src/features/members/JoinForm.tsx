import { Registration } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { paths } from '../../app/paths.ts'
import { pendingInvitation } from '../../app/pendingInvitation.ts'
import { register } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { PasswordInput } from '../../ui/PasswordInput.tsx'

const Typed = z.strictObject({
  full_name: Registration.shape.full_name,
  password: Registration.shape.password,
})
const ServerLanguage = Registration.shape.language

/** Signing up with the invited address, straight into the organization that invites. */
export function JoinForm({ email, token }: { email: string; token: string }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const shell = useFormShell({
    schema: Typed,
    defaults: { full_name: '', password: '' },
    draft_key: 'join',
    secret: ['password'],
    submit: async (values) => {
      const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions()
      const language = ServerLanguage.catch(undefined).parse(i18n.language)
      await register({ ...values, email, invitation_token: token, language, time_zone })
      pendingInvitation.forget()
      await navigate(paths.home, { replace: true })
    },
    explain: (error) =>
      isProblem(error) && error.code === 'email_taken' ? { message: t('organization.accept.taken') } : null,
  })
  return (
    <Form shell={shell}>
      <Field label={t('auth.field.email')} hint={t('organization.accept.email_hint')}>
        <Input value={email} readOnly type="email" autoComplete="username" />
      </Field>
      <FormField shell={shell} name="full_name" label={t('auth.field.full_name')}>
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <FormField
        shell={shell}
        name="password"
        label={t('auth.field.password')}
        hint={t('auth.password.hint')}
      >
        {(field) => <PasswordInput {...field} autoComplete="new-password" />}
      </FormField>
      <Button type="submit" variant="primary" loading={shell.submitting} className="mt-1 w-full">
        {t('organization.accept.register_submit')}
      </Button>
    </Form>
  )
}
