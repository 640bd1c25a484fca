import type { AuditedValues } from './entry.ts'

/** The fields of `after` that differ from `before`, both ways; null when nothing differs. */
export function changedFields<Row extends object>(
  before: Row,
  after: Partial<Row>,
): { before: AuditedValues; after: AuditedValues } | null {
  const was = before as AuditedValues
  const changed = Object.entries(after).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(was[name]),
  )
  if (changed.length === 0) return null
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, was[name] ?? null])),
    after: Object.fromEntries(changed),
  }
}
