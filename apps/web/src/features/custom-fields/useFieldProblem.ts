import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'

const known = [
  'values_do_not_fit',
  'values_not_unique',
  'field_has_values',
  'field_in_use',
  'too_many_fields',
  'version_conflict',
] as const

/** A refusal in a sentence; what the server counted and found follows in its own words. */
export function useFieldProblem(): (error: unknown) => string {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return useCallback(
    (error) => {
      const code = isProblem(error) ? known.find((one) => one === error.code) : undefined
      if (!code || !isProblem(error)) return describe(error)
      const sentence = t(`customFields.problem.${code}`)
      return code === 'version_conflict' || code === 'too_many_fields'
        ? sentence
        : `${sentence} ${error.message}`
    },
    [t, describe],
  )
}

/** Options for `mutate`: a refusal is told in a toast. */
export function useTellFieldProblem(): { onError: (error: unknown) => void } {
  const { t } = useTranslation()
  const explain = useFieldProblem()
  return useMemo(
    () => ({ onError: (error) => notify.problem(t('common.problem.title'), explain(error)) }),
    [t, explain],
  )
}
