import { account } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { notify } from '../../ui/notify.ts'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { sessionsQuery } from './api.ts'
import { explainPassword } from './explainPassword.ts'
import { Section } from '../../ui/Section.tsx'

export function PasswordSection() {
  const { t } = useTranslation()
  const { user } = useMe()
  const shell = useFormShell({
    schema: account.changePassword.body,
    defaults: { current_password: '', password: '' },
    secret: ['current_password', 'password'],
    submit: async (body) => {
      await rapport.account.changePassword({ body })
      shell.form.reset()
      await queryClient.invalidateQueries(sessionsQuery)
      notify.success(t('account.password.changed'), t('account.password.changed_text'))
    },
    explain: (error) => {
      const message = explainPassword(error, t)
      if (message === null) return null
      const wrong = isProblem(error) ? error.problem.errors?.[0]?.path : undefined
      return wrong === 'password' ? { field: 'password', message } : { field: 'current_password', message }
    },
  })
  return (
    <Section title={t('account.password.title')} text={t('account.password.text')}>
      <Form shell={shell} className="max-w-sm">
        {/* Password managers need to know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} />
        <FormField shell={shell} name="current_password" label={t('account.password.current')}>
          {(field) => <PasswordInput {...field} autoComplete="current-password" />}
        </FormField>
        <FormField
          shell={shell}
          name="password"
          label={t('account.password.new')}
          hint={t('auth.password.hint')}
        >
          {(field) => <PasswordInput {...field} autoComplete="new-password" />}
        </FormField>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" loading={shell.submitting}>
            {t('account.password.change')}
          </Button>
          <Link to={paths.forgotPassword} className="text-13 text-accent-ink hover:underline">
            {t('auth.login.forgot')}
          </Link>
        </div>
      </Form>
    </Section>
  )
}
