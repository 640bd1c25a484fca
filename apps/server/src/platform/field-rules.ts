/** What a role's field rules leave of a record: whatever is told of one passes here or through its description. */
import { mayEdit, maySee, toldBeside, type FieldRules } from '@rapport/contracts'
import { forbiddenFields } from './problems.ts'

export const hasRules = (rules: FieldRules, object: string): boolean => Object.hasOwn(rules, object)

/** The fields of the object that are hidden, and what would tell of them; `custom` stands for all custom values. */
export const hiddenFields = (rules: FieldRules, object: string): string[] =>
  [...Object.keys(rules[object] ?? {}), ...toldBeside(object)].filter(
    (field) => !maySee(rules, object, field),
  )

type Told = Record<string, unknown>

/** An event's or entry's data by field names, without the hidden ones, among its `changes` too. */
export function withoutHidden(rules: FieldRules, object: string, data: Told): Told {
  if (!hasRules(rules, object)) return data
  const seen = (told: Told): Told =>
    Object.fromEntries(Object.entries(told).filter(([field]) => maySee(rules, object, field)))
  const { changes } = data
  const told = seen(data)
  return isTold(changes) ? { ...told, changes: seen(changes) } : told
}

const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Refuses values for fields that the role may not change, whether it sees them or not, and even when nothing would
 * change: an answer that depended on the value would tell it.
 */
export function requireEditable(rules: FieldRules, object: string, given: Told): void {
  if (!hasRules(rules, object)) return
  const refused = Object.keys(given).filter(
    (field) => given[field] !== undefined && !mayEdit(rules, object, field),
  )
  if (refused.length > 0) throw forbiddenFields(refused)
}
