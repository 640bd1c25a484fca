import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../ui/problem.ts'

/** Refusals that the general sentences would not explain. */
export function useExplain(): (error: unknown) => { message: string } | null {
  const { t } = useTranslation()
  return useCallback(
    (error) => {
      if (!isProblem(error)) return null
      if (error.code === 'scope_not_held') return { message: t('apiKeys.problem.scope_not_held') }
      if (error.code === 'api_key_ended') return { message: t('apiKeys.problem.ended') }
      return null
    },
    [t],
  )
}
