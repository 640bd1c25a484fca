import { Registration } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { z } from 'zod'
import { paths } from '../../app/paths.ts'
import { register } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { isCommonPassword } from './commonPassword.ts'

/** The contract lets an invited person leave the organization out; who signs up here makes one. */
const Signup = z.strictObject({
  full_name: Registration.shape.full_name,
  email: Registration.shape.email,
  password: Registration.shape.password,
  organization_name: Registration.shape.organization_name.unwrap(),
})

/** Browser languages that the server keeps for a person; others stay a matter of this browser. */
const ServerLanguage = Registration.shape.language

export function SignupPage() {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const shell = useFormShell({
    schema: Signup,
    defaults: { full_name: '', email: '', password: '', organization_name: '' },
    draft_key: 'signup',
    secret: ['password'],
    submit: async (values) => {
      const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions()
      await register({ ...values, language: ServerLanguage.catch(undefined).parse(i18n.language), time_zone })
      await navigate(paths.home, { replace: true })
    },
    explain: (error) => {
      if (isProblem(error) && error.problem.code === 'email_taken')
        return { field: 'email', message: t('auth.signup.email_taken') }
      return isCommonPassword(error) ? { field: 'password', message: t('auth.password.common') } : null
    },
  })
  return (
    <AuthFrame
      page={t('auth.signup.page')}
      title={t('auth.signup.title')}
      below={
        <>
          {t('auth.signup.has_account')}{' '}
          <Link to={paths.login} className="font-medium text-accent-ink hover:underline">
            {t('auth.signup.to_login')}
          </Link>
        </>
      }
    >
      <Form shell={shell}>
        <FormField shell={shell} name="full_name" label={t('auth.field.full_name')}>
          {(field) => <Input {...field} autoComplete="name" />}
        </FormField>
        <FormField shell={shell} name="email" label={t('auth.field.email')}>
          {(field) => (
            <Input {...field} type="email" inputMode="email" autoComplete="username" spellCheck={false} />
          )}
        </FormField>
        <FormField
          shell={shell}
          name="password"
          label={t('auth.field.password')}
          hint={t('auth.password.hint')}
        >
          {(field) => <PasswordInput {...field} autoComplete="new-password" />}
        </FormField>
        <FormField
          shell={shell}
          name="organization_name"
          label={t('auth.field.organization_name')}
          hint={t('auth.signup.organization_hint')}
        >
          {(field) => <Input {...field} autoComplete="organization" />}
        </FormField>
        <Button type="submit" variant="primary" loading={shell.submitting} className="mt-1 w-full">
          {t('auth.signup.submit')}
        </Button>
      </Form>
    </AuthFrame>
  )
}
