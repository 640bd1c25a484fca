/** A valid request for figures that are made of records. */
import { operations, type Operation } from '@rapport/contracts'
import type { Example } from './examples.ts'

export function analyticsExamples(): [Operation, Example][] {
  const { forecast } = operations
  return [
    [forecast.get, { query: 'from=2026-01&to=2026-06&group_by=owner' }],
    [forecast.changes, { query: 'from=2026-01&to=2026-06&since=2026-01-01T00:00:00Z' }],
  ]
}
