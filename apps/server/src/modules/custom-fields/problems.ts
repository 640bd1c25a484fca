import type { OwnField } from '../../platform/custom-fields.ts'
import { conflict, invalidField, notFound } from '../../platform/problems.ts'

export const fieldNotFound = (id: string) => notFound('custom_field', id)

export const staleField = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The field was changed by somebody else since you read it.', {
    current,
    conflicts,
  })

export const unknownObject = (known: readonly string[]) =>
  invalidField('object', 'unknown_object', `must be one of ${known.join(', ')}`)
export const keyTaken = () => invalidField('key', 'taken', 'is the key of another field of this object')
export const tooManyFields = (most: number) =>
  conflict('too_many_fields', `An object can have ${most} custom fields.`)

/** A value that stands in the way, and the record that holds it. */
export type Example = { title: string; value: unknown }
const shown = (examples: readonly Example[]) =>
  examples.map(({ title, value }) => `${title} (${JSON.stringify(value)?.slice(0, 60)})`).join(', ')

export const valuesDoNotFit = (field: Pick<OwnField, 'type'>, count: number, examples: readonly Example[]) =>
  conflict(
    'values_do_not_fit',
    `${count} record(s) hold a value that is no ${field.type.replaceAll('_', ' ')}: ${shown(examples)}.`,
  )
export const optionsInUse = (count: number, examples: readonly Example[]) =>
  conflict('options_in_use', `${count} record(s) hold an option that would be gone: ${shown(examples)}.`)
export const valuesNotUnique = (values: readonly unknown[]) =>
  conflict('values_not_unique', `Several records have the same value: ${values.map(String).join(', ')}.`)
export const fieldInUse = (label: string) =>
  conflict('field_in_use', `The formula of "${label}" reads this field.`)
export const fieldHasValues = (count: number) =>
  conflict('field_has_values', `${count} record(s) have a value of this field; the trash counts, too.`)
