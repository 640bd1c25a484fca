import { convertedObjects, type ConvertedObject } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { useTakeBack } from './api.ts'

/** Answers what somebody has worked on, to be kept or not; null when it is settled one way or the other. */
export function useTakeBackConversion(
  id: string,
): (keep?: ConvertedObject[]) => Promise<ConvertedObject[] | null> {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { mutateAsync } = useTakeBack(id)
  return useCallback(
    async (keep = []) => {
      try {
        await mutateAsync(keep)
        notify.success(t('conversion.taken_back'))
        return null
      } catch (error) {
        const used =
          isProblem(error) && error.code === 'conversion_used' ? error.problem.conflicts : undefined
        if (used) return convertedObjects.filter((object) => used.includes(object))
        notify.problem(t('conversion.not_taken_back'), describe(error))
        return null
      }
    },
    [mutateAsync, t, describe],
  )
}
