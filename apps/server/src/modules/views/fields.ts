/** Which fields of the records that somebody sees can be in which part of a view. */
import { customPrefix, isGroupable } from '@rapport/contracts'
import type { RecordDescription } from '../../platform/lists/index.ts'

export const hasField = ({ fields, has_custom }: RecordDescription, name: string): boolean =>
  fields.has(name) || (has_custom && name.startsWith(customPrefix))

export function isGroupField({ fields }: RecordDescription, name: string): boolean {
  const field = fields.get(name)
  return field !== undefined && isGroupable(field)
}

export function isDateField({ fields }: RecordDescription, name: string): boolean {
  const type = fields.get(name)?.type
  return type === 'date' || type === 'datetime'
}
