import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'

/** Refusals that have a sentence of their own here, by the server's code. */
const told = [
  'already_member',
  'invited_too_often',
  'last_owner',
  'member_above_you',
  'member_deactivated',
  'membership_changed',
  'no_password',
  'role_above_yours',
  'too_many_invitations',
] as const

export function useMemberProblem(): (error: unknown) => string {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return useCallback(
    (error) => {
      const code = isProblem(error) ? told.find((one) => one === error.code) : undefined
      return code ? t(`members.problem.${code}`) : describe(error)
    },
    [t, describe],
  )
}

/** Options for `mutate`: a refusal is told in a toast. */
export function useTellMemberProblem(): { onError: (error: unknown) => void } {
  const { t } = useTranslation()
  const describe = useMemberProblem()
  return { onError: (error) => notify.problem(t('common.problem.title'), describe(error)) }
}
