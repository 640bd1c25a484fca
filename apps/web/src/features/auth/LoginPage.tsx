import { identity } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { paths, readNextPath } from '../../app/paths.ts'
import { logIn, useIsDemo } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { DemoHint } from './DemoHint.tsx'
import { PasswordInput } from './PasswordInput.tsx'

export function LoginPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const demo = useIsDemo()
  const shell = useFormShell({
    schema: identity.login.body,
    defaults: { email: '', password: '' },
    submit: async (values) => {
      await logIn(values)
      await navigate(readNextPath(search), { replace: true })
    },
    explain: (error) =>
      isProblem(error) && error.status === 401 ? { message: t('auth.login.wrong') } : null,
  })
  return (
    <AuthFrame
      page={t('auth.login.page')}
      title={t('auth.login.title')}
      below={
        <>
          {t('auth.login.no_account')}{' '}
          <Link to={paths.signup} className="font-medium text-accent-ink hover:underline">
            {t('auth.login.to_signup')}
          </Link>
        </>
      }
    >
      {search.get('reason') === 'ended' ? (
        <p className="-mt-3 mb-5 text-13 text-muted">{t('auth.login.ended')}</p>
      ) : null}
      <Form shell={shell}>
        <FormField shell={shell} name="email" label={t('auth.field.email')}>
          {(field) => (
            <Input {...field} type="email" inputMode="email" autoComplete="username" spellCheck={false} />
          )}
        </FormField>
        <FormField shell={shell} name="password" label={t('auth.field.password')}>
          {(field) => <PasswordInput {...field} autoComplete="current-password" />}
        </FormField>
        <Button type="submit" variant="primary" loading={shell.submitting} className="mt-1 w-full">
          {t('auth.login.submit')}
        </Button>
      </Form>
      {demo ? <DemoHint next={readNextPath(search)} /> : null}
    </AuthFrame>
  )
}
