import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { methodsQuery } from '../security/api.ts'
import { NoPasswordSection } from '../security/NoPasswordSection.tsx'
import { SignInSections } from '../security/SignInSections.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'

/** One section for each way in, then what is open. */
export function SecurityPage() {
  const { t } = useTranslation()
  const { data: methods } = useSuspenseQuery(methodsQuery)
  return (
    <Page title={t('account.security.title')}>
      <div className="flex flex-col gap-6">
        {methods.password ? <PasswordSection /> : <NoPasswordSection />}
        <SignInSections />
        <SessionsSection />
      </div>
    </Page>
  )
}
