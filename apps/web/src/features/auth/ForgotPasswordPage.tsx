import { account } from '@rapport/contracts'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { useSendsMail } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AuthFrame } from './AuthFrame.tsx'

export function ForgotPasswordPage() {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <AuthFrame
      page={t('auth.forgot.page')}
      title={t('auth.forgot.title')}
      below={
        <Link to={paths.login} className="font-medium text-accent-ink hover:underline">
          {t('auth.forgot.to_login')}
        </Link>
      }
    >
      {asked === null ? <AskForm onAsked={setAsked} /> : <Asked email={asked} />}
    </AuthFrame>
  )
}

function AskForm({ onAsked }: { onAsked: (email: string) => void }) {
  const { t } = useTranslation()
  const shell = useFormShell({
    schema: account.requestPasswordReset.body,
    defaults: { email: '' },
    submit: async (body) => {
      await rapport.account.requestPasswordReset({ body })
      onAsked(body.email)
    },
  })
  return (
    <>
      <p className="-mt-3 mb-5 text-13 text-muted">{t('auth.forgot.text')}</p>
      <Form shell={shell}>
        <FormField shell={shell} name="email" label={t('auth.field.email')}>
          {(field) => (
            <Input {...field} type="email" inputMode="email" autoComplete="username" spellCheck={false} />
          )}
        </FormField>
        <Button type="submit" variant="primary" loading={shell.submitting} className="w-full">
          {t('auth.forgot.submit')}
        </Button>
      </Form>
    </>
  )
}

/** The same for every address: whether it has an account is for its mailbox alone. */
function Asked({ email }: { email: string }) {
  const { t } = useTranslation()
  const sends = useSendsMail()
  return (
    <output className="flex gap-3 rounded-base border border-line bg-sunken p-3">
      <MailCheck className="mt-0.5 size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 text-13">
        <span className="block font-medium">{t('auth.forgot.asked_title')}</span>
        <span className="block wrap-anywhere text-muted">{t('auth.forgot.asked_text', { email })}</span>
        {sends ? null : <span className="mt-2 block text-muted">{t('auth.forgot.no_mail')}</span>}
      </span>
    </output>
  )
}
