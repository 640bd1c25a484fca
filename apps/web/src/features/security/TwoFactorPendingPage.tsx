import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY } from '../../app/rapport.ts'
import { logOut, switchOrganization, useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { logInWithPasskey, methodsQuery } from './api.ts'
import { hasPasskeys } from './ceremony.ts'
import { FreshnessGate } from './FreshnessGate.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { SetUp } from './TwoFactorSection.tsx'

/** In front of an organization that asks two-factor of all, for whoever has shown one factor only. */
export function TwoFactorPendingPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { organization, organizations } = useMe()
  const elsewhere = organizations.filter(({ id }) => id !== organization.id)
  const { data: methods } = useSuspenseQuery(methodsQuery)
  const goOn = async () => {
    await queryClient.invalidateQueries({ queryKey: ME_KEY })
    await navigate(paths.home, { replace: true })
  }
  const isOn = methods.two_factor.enabled_at !== null
  return (
    <AuthFrame
      page={t('security.pending.page')}
      title={t('security.pending.title')}
      below={
        <div className="flex flex-col items-start">
          {elsewhere.map(({ id, name }) => (
            <Button key={id} variant="ghost" className="-ml-3" onClick={() => void switchOrganization(id)}>
              {t('security.pending.elsewhere', { organization: name })}
            </Button>
          ))}
          <Button variant="ghost" className="-ml-3" onClick={() => void logOut()}>
            {t('security.pending.log_out')}
          </Button>
        </div>
      }
    >
      <div className="-mt-3 flex flex-col gap-4">
        <p className="text-13 text-muted">
          {isOn
            ? t('security.pending.have')
            : t('security.pending.text', { organization: organization.name })}
        </p>
        <FreshnessGate>
          <SetUp offered={!isOn} onDone={() => void goOn()} />
        </FreshnessGate>
        {hasPasskeys() && methods.passkeys.length > 0 ? (
          <PasskeyButton label={t('security.pending.passkey')} run={logInWithPasskey} onEntered={goOn} />
        ) : null}
      </div>
    </AuthFrame>
  )
}
