import { useQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { loginPath, paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { logOut } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField, FormProblem } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { methodsQuery, proveByPasskey } from './api.ts'
import { hasPasskeys, isNoPasskey } from './ceremony.ts'
import { keepFocus } from './keepFocus.ts'
import { FreshnessContext, NotConfirmed, type RunFresh } from './freshness.ts'

type Waiting = { confirmed: () => void; cancelled: () => void }

/** Below it, changes that ask for the person once more open this question and then go on by themselves. */
export function FreshnessGate({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const run = useCallback(async <T,>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action()
    } catch (error) {
      if (!isProblem(error) || error.code !== 'confirmation_required') throw error
      await new Promise<void>((resolve, reject) =>
        setWaiting({
          confirmed: resolve,
          cancelled: () => reject(new NotConfirmed()),
        }),
      )
      return action()
    }
  }, []) as RunFresh
  const answer = (how: keyof Waiting) => {
    waiting?.[how]()
    setWaiting(null)
  }
  return (
    <FreshnessContext value={run}>
      {children}
      {waiting ? (
        <ConfirmDialog onConfirmed={() => answer('confirmed')} onCancel={() => answer('cancelled')} />
      ) : null}
    </FreshnessContext>
  )
}

type Props = { onConfirmed: () => void; onCancel: () => void }

function ConfirmDialog({ onConfirmed, onCancel }: Props) {
  const { t } = useTranslation()
  const { data: methods } = useQuery(methodsQuery)
  const passkey = hasPasskeys() && (methods?.passkeys.length ?? 0) > 0
  const typed = methods?.password ? 'password' : methods?.two_factor.enabled_at ? 'code' : null
  return (
    <Dialog
      open
      onOpenChange={onCancel}
      size="small"
      title={t('security.confirm.title')}
      description={t('security.confirm.text')}
    >
      {typed ? <ProofForm typed={typed} onConfirmed={onConfirmed} /> : null}
      {passkey ? <PasskeyProof onConfirmed={onConfirmed} /> : null}
      {methods && !typed && !passkey ? <LogInAgain /> : null}
    </Dialog>
  )
}

function ProofForm({ typed, onConfirmed }: { typed: 'password' | 'code'; onConfirmed: () => void }) {
  const { t } = useTranslation()
  const shell = useFormShell({
    schema: z.object({ proof: z.string().min(1) }),
    defaults: { proof: '' },
    async submit({ proof }) {
      await rapport.signIn.confirm({ body: { proof: { [typed]: proof } } })
      onConfirmed()
    },
    explain: (error) =>
      isProblem(error) && (error.code === 'wrong_proof' || error.status === 422)
        ? { field: 'proof', message: t('security.confirm.wrong') }
        : null,
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="proof" label={t(`security.confirm.${typed}`)}>
        {(field) =>
          typed === 'password' ? (
            <PasswordInput {...field} autoComplete="current-password" />
          ) : (
            <Input {...field} inputMode="numeric" autoComplete="one-time-code" />
          )
        }
      </FormField>
      <Button type="submit" variant="primary" loading={shell.submitting}>
        {t('security.confirm.confirm')}
      </Button>
    </Form>
  )
}

function PasskeyProof({ onConfirmed }: { onConfirmed: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  async function prove() {
    setBusy(true)
    setProblem(null)
    try {
      await proveByPasskey()
      onConfirmed()
    } catch (error) {
      if (isNoPasskey(error)) setProblem(t('security.login.passkey_cancelled'))
      else if (isProblem(error) && error.code === 'wrong_proof') setProblem(t('security.confirm.wrong'))
      else setProblem(describe(error))
      setBusy(false)
    }
  }
  return (
    <div className="mt-3 flex flex-col gap-3">
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      <Button icon={Fingerprint} loading={busy} onMouseDown={keepFocus} onClick={() => void prove()}>
        {t('security.confirm.with_passkey')}
      </Button>
    </div>
  )
}

/** Without anything to type, only a new log-in proves the person. */
function LogInAgain() {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-3 text-13">
      <p>{t('security.confirm.again')}</p>
      <Button variant="primary" onClick={() => void logOut(loginPath(paths.security))}>
        {t('security.confirm.log_in')}
      </Button>
    </div>
  )
}
