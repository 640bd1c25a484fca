import { identity, type TwoFactorRequired } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import { z } from 'zod'
import { paths, readNextPath } from '../../app/paths.ts'
import { logIn, useIsDemo, useSendsMail } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { OtherWaysIn } from '../security/OtherWaysIn.tsx'
import { SecondStep } from '../security/SecondStep.tsx'
import { AuthFrame } from './AuthFrame.tsx'
import { DemoHint } from './DemoHint.tsx'
import { explainLogIn } from './explainLogIn.ts'

/** Whoever comes from an invitation does not type its address again. */
const Known = z.object({ email: z.string() }).catch({ email: '' })

export function LoginPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const demo = useIsDemo()
  const sends = useSendsMail()
  const next = readNextPath(search)
  const [question, setQuestion] = useState<TwoFactorRequired | null>(null)
  const goOn = async () => navigate(next, { replace: true })
  const shell = useFormShell({
    schema: identity.login.body,
    defaults: { email: Known.parse(useLocation().state).email, password: '' },
    submit: async (values) => {
      const asked = await logIn(values)
      if (asked) setQuestion(asked)
      else await goOn()
    },
    explain: (error) => explainLogIn(error, t, sends),
  })
  if (question)
    return (
      <AuthFrame page={t('security.step.page')} title={t('security.step.title')} below={null}>
        <SecondStep question={question} onEntered={goOn} onBack={() => setQuestion(null)} />
      </AuthFrame>
    )
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
      <Reason reason={search.get('reason')} />
      <Form shell={shell}>
        <FormField shell={shell} name="email" label={t('auth.field.email')}>
          {(field) => (
            <Input {...field} type="email" inputMode="email" autoComplete="username" spellCheck={false} />
          )}
        </FormField>
        <FormField shell={shell} name="password" label={t('auth.field.password')}>
          {(field) => <PasswordInput {...field} autoComplete="current-password" />}
        </FormField>
        <Link to={paths.forgotPassword} className="-mt-2 w-fit text-12 text-accent-ink hover:underline">
          {t('auth.login.forgot')}
        </Link>
        <Button type="submit" variant="primary" loading={shell.submitting} className="mt-1 w-full">
          {t('auth.login.submit')}
        </Button>
      </Form>
      <OtherWaysIn next={next} onEntered={goOn} />
      {demo ? <DemoHint next={next} /> : null}
    </AuthFrame>
  )
}

/** Why one finds oneself here. */
function Reason({ reason }: { reason: string | null }) {
  const { t } = useTranslation()
  if (reason !== 'ended' && reason !== 'password') return null
  return <p className="-mt-3 mb-5 text-13 text-muted">{t(`auth.login.${reason}`)}</p>
}
