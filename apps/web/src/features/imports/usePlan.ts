import type { ImportUpload } from '@rapport/contracts'
import { useCallback, useState } from 'react'
import { defaultPolicy } from './mapping.ts'
import { keepPlan, readPlan, type Plan } from './plan.ts'

/** What is chosen before the start: the guess, until one changes it. */
export function usePlan(shown: ImportUpload): [plan: Plan, change: (change: Partial<Plan>) => void] {
  const { id } = shown
  const [plan, setPlan] = useState<Plan>(() => ({
    mapping: shown.mapping ?? shown.guessed_mapping,
    duplicate_policy: shown.duplicate_policy ?? defaultPolicy,
    ...readPlan(id),
  }))
  const change = useCallback(
    (part: Partial<Plan>) =>
      setPlan((now) => {
        const next = { ...now, ...part }
        keepPlan(id, next)
        return next
      }),
    [id],
  )
  return [plan, change]
}
