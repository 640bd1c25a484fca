import type { ImportUpload } from '@rapport/contracts'
import { useCallback, useState } from 'react'
import type { Plan } from './api.ts'
import { defaultPolicy } from './mapping.ts'

const keyOf = (id: string) => `rapport.import.${id}`

/** What is chosen before the start. The server keeps a plan from the start on; until then this tab does. */
export function usePlan(shown: ImportUpload): [plan: Plan, change: (change: Partial<Plan>) => void] {
  const [plan, setPlan] = useState<Plan>(() => readPlan(shown))
  const change = useCallback(
    (part: Partial<Plan>) =>
      setPlan((now) => {
        const next = { ...now, ...part }
        sessionStorage.setItem(keyOf(shown.id), JSON.stringify(next))
        return next
      }),
    [shown.id],
  )
  return [plan, change]
}

function readPlan(shown: ImportUpload): Plan {
  const initial: Plan = {
    mapping: shown.mapping ?? shown.guessed_mapping,
    duplicate_policy: shown.duplicate_policy ?? defaultPolicy,
  }
  const kept = sessionStorage.getItem(keyOf(shown.id))
  if (kept === null) return initial
  try {
    return { ...initial, ...(JSON.parse(kept) as Partial<Plan>) }
  } catch {
    // Whatever wrote this, it is no plan of ours: forgetting it is all that can be done.
    forgetPlan(shown.id)
    return initial
  }
}

export function forgetPlan(id: string): void {
  sessionStorage.removeItem(keyOf(id))
}
