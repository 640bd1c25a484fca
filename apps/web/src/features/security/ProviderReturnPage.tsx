import type { PasswordRequired, ProviderKey, TwoFactorRequired } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLoaderData, useNavigate } from 'react-router'
import { z } from 'zod'
import { paths } from '../../app/paths.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField, FormProblem } from '../../ui/Form.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { linkWithPassword } from './api.ts'
import { takeNext } from './next.ts'
import type { Returned } from './returnFromProvider.ts'
import { SecondStep } from './SecondStep.tsx'

/** Where a provider sends the browser back to, when there is still something to ask or to tell. */
export function ProviderReturnPage() {
  const { t } = useTranslation()
  const returned = useLoaderData<Returned>()
  const navigate = useNavigate()
  const [question, setQuestion] = useState(returned.outcome === 'question' ? returned.question : null)
  const enter = () => void navigate(takeNext(), { replace: true })
  const leave = () => void navigate(paths.login, { replace: true })
  const title = () => {
    if (question) return t('security.step.title')
    if (returned.outcome === 'password') return t('security.provider_return.password_title')
    return t('security.provider_return.failed')
  }
  return (
    <AuthFrame page={t('security.provider_return.page')} title={title()} below={null}>
      {question ? <SecondStep question={question} onEntered={enter} onBack={leave} /> : null}
      {!question && returned.outcome === 'password' ? (
        <PasswordForm {...returned} onQuestion={setQuestion} onEntered={enter} />
      ) : null}
      {returned.outcome === 'refused' ? <Refusal {...returned} /> : null}
    </AuthFrame>
  )
}

const refusals = {
  provider_email_unverified: 'unverified',
  account_unproved: 'unproved',
  identity_taken: 'taken',
  sign_in_ended: 'ended',
} as const

function Refusal({ name, code, linking }: { name: string; code: string; linking: boolean }) {
  const { t } = useTranslation()
  const words = refusals[code as keyof typeof refusals] ?? 'refused'
  return (
    <div className="flex flex-col gap-4">
      <FormProblem>
        {code === 'provider_unavailable'
          ? t('security.login.away', { name })
          : t(`security.provider_return.${words}`, { name })}
      </FormProblem>
      <Link
        to={linking ? paths.security : paths.login}
        className="text-13 font-medium text-accent-ink hover:underline"
      >
        {t(linking ? 'security.provider_return.to_settings' : 'security.provider_return.to_login')}
      </Link>
    </div>
  )
}

type PasswordProps = {
  provider: ProviderKey
  name: string
  asked: PasswordRequired
  onQuestion: (question: TwoFactorRequired) => void
  onEntered: () => void
}

function PasswordForm({ provider, name, asked, onQuestion, onEntered }: PasswordProps) {
  const { t } = useTranslation()
  const { email, challenge } = asked
  const shell = useFormShell({
    schema: z.object({ password: z.string().min(1) }),
    defaults: { password: '' },
    async submit({ password }) {
      const question = await linkWithPassword(provider, { challenge, password })
      if (question) onQuestion(question)
      else onEntered()
    },
    explain: (error) => {
      if (!isProblem(error) || error.status !== 401) return null
      return error.code === 'challenge_ended'
        ? { message: t('security.step.ended') }
        : { field: 'password', message: t('security.provider_return.password_wrong') }
    },
  })
  return (
    <Form shell={shell}>
      <p className="-mt-3 text-13 text-muted">
        {t('security.provider_return.password_text', { email, name })}
      </p>
      {/* For password managers, which look for whom the password is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <FormField shell={shell} name="password" label={t('security.provider_return.password')}>
        {(field) => <PasswordInput {...field} autoFocus autoComplete="current-password" />}
      </FormField>
      <Button type="submit" variant="primary" loading={shell.submitting} className="w-full">
        {t('security.provider_return.password_go')}
      </Button>
    </Form>
  )
}
