import type { RapportEvent } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { figuresKey, forecastKey } from './api.ts'

const spacing_ms = 1000
/** What is made of which records. */
const readAgain: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [forecastKey, new Set(['deal', 'pipeline', 'team', 'goal'])],
  [figuresKey, new Set(['deal', 'lead', 'contact', 'company', 'pipeline', 'team'])],
  ['goals', new Set(['deal', 'lead', 'contact', 'team', 'goal'])],
])
const stale = new Set<string>()
let waiting: ReturnType<typeof setTimeout> | undefined

/** Figures are added up anew after a burst of changes, once. */
export function applyFiguresEvent({ record }: RapportEvent): void {
  const keys = [...readAgain].filter(([, objects]) => objects.has(record.object)).map(([key]) => key)
  if (keys.length === 0) return
  for (const key of keys) stale.add(key)
  waiting ??= setTimeout(() => {
    waiting = undefined
    for (const key of stale) void queryClient.invalidateQueries({ queryKey: [key] })
    stale.clear()
  }, spacing_ms)
}
