import type { CustomObject } from '@rapport/contracts'
import { conflict, invalidField, notFound } from '../../platform/problems.ts'

export const objectNotFound = (key: string) => notFound('custom_object', key)

export const staleObject = (current: CustomObject, conflicts: string[]) =>
  conflict('version_conflict', 'The object was changed by somebody else since you read it.', {
    current,
    conflicts,
  })

export const keyTaken = () =>
  invalidField('key', 'taken', 'is the key of another object, perhaps a retired one')
export const keyReserved = () => invalidField('key', 'reserved', 'is a word that Rapport itself uses')
export const unknownRole = (place: number) =>
  invalidField(`roles.${place}`, 'unknown_role', 'is not a role of this organization')

export const tooManyObjects = (most: number) =>
  conflict('too_many_objects', `An organization can make ${most} objects.`)
export const objectHasRecords = (count: number) =>
  conflict(
    'object_has_records',
    `${count} record(s) of this object are there, those in the trash included. Retire it instead.`,
  )
export const objectInUse = (fields: readonly string[]) =>
  conflict('object_in_use', `Relations lead to this object: ${fields.join(', ')}. Delete these fields first.`)
