import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { isKnownPasskey, isNoPasskey } from './ceremony.ts'
import { NotConfirmed } from './freshness.ts'

/** What went wrong with a change to the ways in, in words; null where the person has changed their mind. */
export function useSecurityProblem(): (error: unknown) => string | null {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return (error) => {
    if (error instanceof NotConfirmed) return null
    if (isKnownPasskey(error)) return t('security.passkeys.known')
    if (isNoPasskey(error)) return t('security.passkeys.not_made')
    if (isProblem(error)) {
      if (error.code === 'last_way_in') return t('security.problem.last_way_in')
      if (error.code === 'too_many_passkeys') return t('security.passkeys.too_many')
      if (error.code === 'own_two_factor_first') return t('security.policy.own_first')
      if (error.code === 'passkey_known') return t('security.passkeys.known')
    }
    return describe(error)
  }
}

export function useTellProblem(): (error: unknown) => void {
  const explain = useSecurityProblem()
  return (error) => {
    const words = explain(error)
    if (words !== null) notify.problem(words)
  }
}
