/** How an entry is told: what a role may not see of a record is not told by its history either. */
import { maySee, type AuditEntry, type FieldRules } from '@rapport/contracts'
import type { AuditRow } from './repository.ts'

type Values = Record<string, unknown> | null

export function presentEntry(rules: FieldRules, row: AuditRow): AuditEntry {
  const { actor_kind, actor_id, actor_name, category, outcome, ...told } = row
  const ruled = rules[row.object] !== undefined
  return {
    ...told,
    category: category as AuditEntry['category'],
    outcome: outcome as AuditEntry['outcome'],
    record_name: ruled && !maySee(rules, row.object, 'full_name') ? null : row.record_name,
    before: ruled ? seen(rules, row.object, row.before) : row.before,
    after: ruled ? seen(rules, row.object, row.after) : row.after,
    actor: { kind: actor_kind as AuditEntry['actor']['kind'], id: actor_id, name: actor_name },
  }
}

function seen(rules: FieldRules, object: string, values: Values): Values {
  if (!values) return null
  const fields = Object.entries(values).filter(([name]) => maySee(rules, object, name))
  return fields.length > 0 ? Object.fromEntries(fields) : null
}
