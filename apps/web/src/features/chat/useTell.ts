import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

/** What is done without being waited for says it when it was refused. */
export function useTell(): (doing: Promise<unknown>) => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return useCallback(
    (doing) =>
      void doing.catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error))),
    [t, describe],
  )
}
