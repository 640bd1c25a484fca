import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'

/** Options for `mutate`: a refusal is told in a toast, in words that fit tags. */
export function useTellTagProblem(): { onError: (error: unknown) => void } {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const textOf = (error: unknown): string => {
    if (!isProblem(error)) return describe(error)
    if (error.code === 'version_conflict') return t('tags.problem.conflict')
    const taken = error.problem.errors?.some(({ path, code }) => path === 'name' && code === 'taken')
    return taken ? t('tags.problem.name_taken') : describe(error)
  }
  return { onError: (error) => notify.problem(t('common.problem.title'), textOf(error)) }
}
