import type { RapportEvent } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { forecastKey } from './api.ts'

const spacing_ms = 1000
let waiting: ReturnType<typeof setTimeout> | undefined

/** Figures are added up anew after a burst of changes, once. */
export function applyFiguresEvent({ record }: RapportEvent): void {
  if (record.object !== 'deal' && record.object !== 'pipeline' && record.object !== 'team') return
  waiting ??= setTimeout(() => {
    waiting = undefined
    void queryClient.invalidateQueries({ queryKey: [forecastKey] })
  }, spacing_ms)
}
