/** What a role's field rules leave of a record: whatever is told of a record passes here or through its description. */
import { accessTo, customField, customPrefix, type FieldRules } from '@rapport/contracts'

/** The rule of a field; all custom values go by one. */
const ruleOf = (field: string) => (field.startsWith(customPrefix) ? customField : field)

export const isHidden = (rules: FieldRules, object: string, field: string): boolean =>
  accessTo(rules, object, ruleOf(field)) === 'hidden'

export const hasRules = (rules: FieldRules, object: string): boolean => Object.hasOwn(rules, object)

/** The fields of the object that are hidden; `custom` stands for all custom values. */
export const hiddenFields = (rules: FieldRules, object: string): string[] =>
  Object.entries(hasRules(rules, object) ? (rules[object] ?? {}) : {}).flatMap(([field, access]) =>
    access === 'hidden' ? [field] : [],
  )

type Told = Record<string, unknown>

/** An event's or entry's data by field names, without the hidden ones, among its `changes` too. */
export function withoutHidden(rules: FieldRules, object: string, data: Told): Told {
  if (!hasRules(rules, object)) return data
  const seen = (told: Told): Told =>
    Object.fromEntries(Object.entries(told).filter(([field]) => !isHidden(rules, object, field)))
  const { changes } = data
  const told = seen(data)
  return isTold(changes) ? { ...told, changes: seen(changes) } : told
}

const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
