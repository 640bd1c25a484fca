import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'

const known = ['version_conflict', 'too_many_objects', 'object_has_records', 'object_in_use'] as const

/** A refusal in a sentence. */
export function useObjectProblem(): (error: unknown) => string {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return useCallback(
    (error) => {
      const code = isProblem(error) ? known.find((one) => one === error.code) : undefined
      return code ? t(`customObjects.problem.${code}`) : describe(error)
    },
    [t, describe],
  )
}
