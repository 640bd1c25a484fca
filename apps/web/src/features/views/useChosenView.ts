import type { View } from '@rapport/contracts'
import { useSearchParams } from 'react-router'
import { useViews } from './api.ts'

/** Stands in the address for no view at all, where the role has a default one. */
export const allRecords = 'all'

export type ChosenView = {
  views: View[]
  chosen: View | null
  /** The address names a view that is not there, or not for this reader. */
  missing: boolean
}

/** The view that the address names, or else that with which the reader's role begins. */
export function useChosenView(object: string): ChosenView {
  const views = useViews(object)
  const [params] = useSearchParams()
  const asked = params.get('view')
  if (asked === null) return { views, chosen: views.find((view) => view.is_default) ?? null, missing: false }
  const chosen = views.find(({ id }) => id === asked) ?? null
  return { views, chosen, missing: chosen === null && asked !== allRecords && asked !== 'trash' }
}
