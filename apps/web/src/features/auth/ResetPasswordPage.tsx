import { account } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { z } from 'zod'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { isCommonPassword } from './commonPassword.ts'
import { useLinkToken } from './useLinkToken.ts'

const NewPassword = z.strictObject({ password: account.resetPassword.body.shape.password })

export function ResetPasswordPage() {
  const { t } = useTranslation()
  const token = useLinkToken()
  return (
    <AuthFrame
      page={t('auth.reset.page')}
      title={t('auth.reset.title')}
      below={
        <Link to={paths.forgotPassword} className="font-medium text-accent-ink hover:underline">
          {t('auth.reset.again')}
        </Link>
      }
    >
      {token === null ? (
        <p className="text-13 text-muted">{t('auth.reset.no_token')}</p>
      ) : (
        <ResetForm token={token} />
      )}
    </AuthFrame>
  )
}

function ResetForm({ token }: { token: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const shell = useFormShell({
    schema: NewPassword,
    defaults: { password: '' },
    submit: async ({ password }) => {
      await rapport.account.resetPassword({ body: { token, password } })
      await navigate(`${paths.login}?reason=password`, { replace: true })
    },
    explain: (error) => {
      if (isCommonPassword(error)) return { field: 'password', message: t('auth.password.common') }
      const expired = isProblem(error) && error.problem.errors?.[0]?.path === 'token'
      return expired ? { message: t('auth.reset.expired') } : null
    },
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="password" label={t('auth.reset.new')} hint={t('auth.password.hint')}>
        {(field) => <PasswordInput {...field} autoComplete="new-password" autoFocus />}
      </FormField>
      <Button type="submit" variant="primary" loading={shell.submitting} className="w-full">
        {t('auth.reset.submit')}
      </Button>
      <p className="text-12 text-muted">{t('auth.reset.consequence')}</p>
    </Form>
  )
}
