import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useMark, type Marking } from './api.ts'

export function useMarking(): (marking: Marking) => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { mutate } = useMark()
  return (marking) =>
    mutate(marking, { onError: (error) => notify.problem(t('common.problem.title'), describe(error)) })
}
