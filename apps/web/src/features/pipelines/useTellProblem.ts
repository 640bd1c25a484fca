import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

/** Options for `mutate`: a refusal is told in a toast. */
export function useTellProblem(): { onError: (error: unknown) => void } {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return { onError: (error) => notify.problem(t('common.problem.title'), describe(error)) }
}
