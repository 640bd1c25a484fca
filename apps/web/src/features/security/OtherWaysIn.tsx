import type { Provider } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { FormProblem } from '../../ui/Form.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { goToProvider, logInWithPasskey, providersQuery } from './api.ts'
import { hasPasskeys } from './ceremony.ts'
import { keepFocus } from './keepFocus.ts'
import { PasskeyButton } from './PasskeyButton.tsx'
import { ProviderMark } from './ProviderMark.tsx'
import { rememberNext } from './next.ts'

type Props = {
  /** Where to go once in. */
  next: string
  onEntered: () => Promise<void> | void
}

/** Below the form of the log-in page: a passkey, and the providers that are set up. */
export function OtherWaysIn({ next, onEntered }: Props) {
  const { t } = useTranslation()
  const { data: providers = [] } = useQuery(providersQuery)
  if (!hasPasskeys() && providers.length === 0) return null
  return (
    <div className="mt-4 flex flex-col gap-2">
      <p className="flex items-center gap-3 text-12 text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('security.login.or')}
      </p>
      {hasPasskeys() ? (
        <PasskeyButton label={t('security.login.passkey')} run={logInWithPasskey} onEntered={onEntered} />
      ) : null}
      {providers.map((provider) => (
        <ProviderButton key={provider.provider} provider={provider} next={next} />
      ))}
    </div>
  )
}

function ProviderButton({ provider: { provider, name }, next }: { provider: Provider; next: string }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function go() {
    setBusy(true)
    setProblem(null)
    rememberNext(next)
    try {
      await goToProvider(provider)
    } catch (error) {
      const away = isProblem(error) && error.code === 'provider_unavailable'
      setProblem(away ? t('security.login.away', { name }) : describe(error))
      setBusy(false)
    }
  }
  return (
    <>
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      <Button loading={busy} onMouseDown={keepFocus} onClick={() => void go()} className="w-full">
        <ProviderMark provider={provider} />
        {t('security.login.with', { name })}
      </Button>
    </>
  )
}
