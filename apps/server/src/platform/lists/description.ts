/**
 * Records of any object, as lists and writes need them: the fields of the contract together with where each
 * is stored. Filter, sort, field selection and presentation all work from this one description.
 */
import type { FieldDescription, FieldType, Permission } from '@rapport/contracts'

/** PostgreSQL types whose comparisons are leakproof, so that indexes serve them under row-level security. */
export type StoredAs = 'text' | 'int4' | 'int8' | 'uuid' | 'timestamptz' | 'date'

export type StoredField = FieldDescription & { column: string; stored: StoredAs; nullable: boolean }

export type RecordDescription = {
  /** The word in routes, events and activities: `lead`. */
  object: string
  table: string
  fields: ReadonlyMap<string, StoredField>
  permissions: { read: Permission; update: Permission; delete: Permission }
}

const storedAs: Record<FieldType, StoredAs> = {
  text: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  select: 'text',
  number: 'int4',
  money: 'int8',
  date: 'date',
  datetime: 'timestamptz',
  user: 'uuid',
  id: 'uuid',
}

export function describeRecords(
  parts: Omit<RecordDescription, 'fields'> & { fields: readonly FieldDescription[] },
): RecordDescription {
  const fields = parts.fields.map((field): [string, StoredField] => [
    field.name,
    { ...field, column: field.name, stored: storedAs[field.type], nullable: !field.required },
  ])
  return { ...parts, fields: new Map(fields) }
}
