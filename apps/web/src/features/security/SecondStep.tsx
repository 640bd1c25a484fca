import { RecoveryCode, TotpCode, type TwoFactorRequired } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { answerChallenge, answerWithPasskey } from './api.ts'
import { hasPasskeys } from './ceremony.ts'
import { keepFocus } from './keepFocus.ts'
import { PasskeyButton } from './PasskeyButton.tsx'

type Props = { question: TwoFactorRequired; onEntered: () => Promise<void> | void; onBack: () => void }
type Method = 'code' | 'recovery_code'

/** After the password: the second factor, whichever of those that the account has. */
export function SecondStep({ question, onEntered, onBack }: Props) {
  const { t } = useTranslation()
  const [method, setMethod] = useState<Method>('code')
  const other = method === 'code' ? 'recovery_code' : 'code'
  const offersOther = question.methods.includes(other)
  const offersPasskey = hasPasskeys() && question.methods.includes('passkey')
  return (
    <div className="flex flex-col gap-4">
      <p className="-mt-3 text-13 text-muted">
        {t(method === 'code' ? 'security.step.code_text' : 'security.step.recovery_text')}
      </p>
      {/* A field of its own for each, so that nothing typed for one stands in the other. */}
      <CodeForm key={method} method={method} challenge={question.challenge} onEntered={onEntered} />
      {offersPasskey ? (
        <PasskeyButton
          label={t('security.step.use_passkey')}
          run={() => answerWithPasskey(question)}
          onEntered={onEntered}
        />
      ) : null}
      <div className="flex flex-col items-start">
        {offersOther ? (
          <Button variant="ghost" className="-ml-3" onMouseDown={keepFocus} onClick={() => setMethod(other)}>
            {t(method === 'code' ? 'security.step.use_recovery' : 'security.step.use_code')}
          </Button>
        ) : null}
        <Button variant="ghost" className="-ml-3" onMouseDown={keepFocus} onClick={onBack}>
          {t('security.step.back')}
        </Button>
      </div>
    </div>
  )
}

const schemas = { code: z.object({ typed: TotpCode }), recovery_code: z.object({ typed: RecoveryCode }) }

type FormProps = Pick<Props, 'onEntered'> & { method: Method; challenge: string }

function CodeForm({ method, challenge, onEntered }: FormProps) {
  const { t } = useTranslation()
  const shell = useFormShell({
    schema: schemas[method],
    defaults: { typed: '' },
    async submit({ typed }) {
      await answerChallenge(challenge, { [method]: typed })
      await onEntered()
    },
    explain: (error) => {
      if (!isProblem(error) || error.status !== 401) return null
      return error.code === 'challenge_ended'
        ? { message: t('security.step.ended') }
        : { field: 'typed', message: t('security.step.wrong') }
    },
  })
  return (
    <Form shell={shell}>
      <FormField
        shell={shell}
        name="typed"
        label={t(method === 'code' ? 'security.step.code' : 'security.step.recovery')}
      >
        {(field) => (
          <Input
            {...field}
            autoFocus
            inputMode={method === 'code' ? 'numeric' : 'text'}
            autoComplete={method === 'code' ? 'one-time-code' : 'off'}
            autoCapitalize="none"
            spellCheck={false}
            className="tabular"
          />
        )}
      </FormField>
      <Button type="submit" variant="primary" loading={shell.submitting} className="w-full">
        {t('security.step.go_on')}
      </Button>
    </Form>
  )
}
