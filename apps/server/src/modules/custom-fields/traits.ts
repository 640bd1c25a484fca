/** What a field may be: which traits go with which type, and what follows from what is given. */
import {
  colors,
  type CustomField,
  type CustomFieldType,
  type FieldOption,
  type NewCustomField,
} from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { OwnField } from '../../platform/custom-fields.ts'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalid, invalidField, type FieldError } from '../../platform/problems.ts'
import { kindOf, readOwnValue, Unfit } from '../records/index.ts'
import type { FieldValues } from './repository.ts'

const withOptions: ReadonlySet<CustomFieldType> = new Set(['select', 'multi_select'])
const unlike: ReadonlySet<CustomFieldType> = new Set(['text', 'number', 'date', 'email', 'phone', 'url'])

/** The field as lists and writes know it. */
export const asOwn = (field: FieldValues & { id: string }): OwnField => ({
  ...field,
  default_value: field.default_value ?? null,
  retired: field.retired_at !== null,
})

type GivenOption = NonNullable<NewCustomField['options']>[number]

/** Options by their text alone get a colour each, in turn. */
export function readOptions(given: readonly GivenOption[]): FieldOption[] {
  const options = given.map((one, place): FieldOption => {
    const {
      value,
      label = value,
      color,
    } = typeof one === 'string' ? { value: one } : (one as Exclude<GivenOption, string>)
    return { value, label, color: color ?? colors[place % colors.length] ?? 'slate' }
  })
  const seen = new Set<string>()
  options.forEach(({ value }, place) => {
    if (seen.has(value)) throw invalidField(`options.${place}`, 'repeated', 'is there twice')
    seen.add(value)
  })
  return options
}

/** Throws a 422 with every trait that does not go with the type. A relation may go on to lead to an object that was retired since. */
export function requireTraits(field: FieldValues & { id: string }, actor: Actor, before?: FieldValues): void {
  const faults: FieldError[] = []
  const fault = (path: string, code: FieldCode, message: string) => faults.push({ path, code, message })
  const { type, options, to, formula } = field
  if (withOptions.has(type) && options.length === 0)
    fault('options', 'needs_options', 'must have at least one option')
  if (!withOptions.has(type) && options.length > 0) fault('options', 'not_for_type', `are not for a ${type}`)
  if (type === 'relation' && (to === null || !(to === before?.to || kindOf(to, actor))))
    fault('to', 'unknown_object', 'must be an object')
  if (type !== 'relation' && to !== null) fault('to', 'not_for_type', `is not for a ${type}`)
  if (type === 'formula' && formula === null) fault('formula', 'needs_value', 'must be given')
  if (type !== 'formula' && formula !== null) fault('formula', 'not_for_type', `is not for a ${type}`)
  if (field.unique && !unlike.has(type)) fault('unique', 'not_for_type', `is not for a ${type}`)
  if (field.required && type === 'formula') fault('required', 'not_for_type', 'is not for a formula')
  if (field.default_value !== null && (type === 'formula' || field.unique))
    fault('default_value', 'not_for_type', 'is not for such a field')
  if (faults.length > 0) throw invalid(faults)
}

/** The default in the form in which records will hold it. */
export function readDefault(
  field: FieldValues & { id: string },
  country: string | null,
): CustomField['default_value'] {
  if (field.default_value === null) return null
  try {
    return readOwnValue(asOwn(field), field.default_value, [country])
  } catch (cause) {
    if (cause instanceof Unfit) throw invalidField('default_value', cause.code, cause.message)
    throw cause
  }
}
