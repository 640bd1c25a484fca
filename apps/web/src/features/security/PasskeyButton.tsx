import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { FormProblem } from '../../ui/Form.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { isNoPasskey } from './ceremony.ts'
import { keepFocus } from './keepFocus.ts'

type Props = { label: string; run: () => Promise<void>; onEntered: () => Promise<void> | void }

/** Logs in with a passkey, or says why not. */
export function PasskeyButton({ label, run, onEntered }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function enter() {
    setBusy(true)
    setProblem(null)
    try {
      await run()
      await onEntered()
    } catch (error) {
      if (isNoPasskey(error)) setProblem(t('security.login.passkey_cancelled'))
      else if (isProblem(error) && error.status === 401) setProblem(t('security.login.passkey_refused'))
      else setProblem(describe(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-2">
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      <Button
        icon={Fingerprint}
        loading={busy}
        onMouseDown={keepFocus}
        onClick={() => void enter()}
        className="w-full"
      >
        {label}
      </Button>
    </div>
  )
}
