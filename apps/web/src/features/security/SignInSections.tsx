import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useMay } from '../../app/session.ts'
import { methodsQuery, providersQuery } from './api.ts'
import { FreshnessGate } from './FreshnessGate.tsx'
import { PasskeysSection } from './PasskeysSection.tsx'
import { PolicySection } from './PolicySection.tsx'
import { ProvidersSection } from './ProvidersSection.tsx'
import { TwoFactorSection } from './TwoFactorSection.tsx'

/** The ways in beside the password. The page's loader has asked for `methodsQuery`. */
export function SignInSections() {
  const { data: methods } = useSuspenseQuery(methodsQuery)
  const { data: providers = [] } = useQuery(providersQuery)
  const ruling = useMay('organization:update')
  return (
    <FreshnessGate>
      <TwoFactorSection methods={methods} />
      <PasskeysSection passkeys={methods.passkeys} />
      <ProvidersSection providers={providers} identities={methods.identities} />
      {ruling ? <PolicySection /> : null}
    </FreshnessGate>
  )
}
