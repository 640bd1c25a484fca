/** Which fields of the records that somebody sees can be in which part of a view. */
import { customPrefix, isGroupable } from '@rapport/contracts'
import { fieldOf, type RecordDescription } from '../../platform/lists/index.ts'

export function hasField(records: RecordDescription, name: string): boolean {
  if (fieldOf(records, name)) return true
  // A value that no field describes.
  const key = name.startsWith(customPrefix) ? name.slice(customPrefix.length) : null
  return key !== null && records.has_custom && !records.untold.includes(key)
}

export function isGroupField(records: RecordDescription, name: string): boolean {
  const field = fieldOf(records, name)
  return field !== undefined && isGroupable(field)
}

export function isDateField(records: RecordDescription, name: string): boolean {
  const type = fieldOf(records, name)?.type
  return type === 'date' || type === 'datetime'
}
