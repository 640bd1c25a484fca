/**
 * Where a field that the organization made is stored: its value is a member of the document `custom`, and a copy of
 * it a row of `custom_values`, by whose indexes lists are filtered and sorted (docs/decisions/0023). Dates, times,
 * ids and yes/no are kept as the texts that JSON has for them, whose order is their own.
 */
import { customPrefix, type FieldDescription } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { OwnField } from '../custom-fields.ts'
import type { StoredField } from './description.ts'

/** Of longer texts the index knows the beginning, so what it finds is compared once more with the document. */
export const indexedLength = 200

/** Values of these types are words that somebody may look for; of the others, ids and dates, nobody does. */
const searchedTypes: ReadonlySet<string> = new Set([
  'text',
  'long_text',
  'select',
  'multi_select',
  'email',
  'phone',
  'url',
  'number',
  'money',
])

const isNumeric = (type: string) => type === 'number' || type === 'money'

export function describeOwnField(own: OwnField): StoredField {
  const { key, label, required, options, to } = own
  const type = own.type === 'formula' ? (own.formula_type ?? 'text') : own.type
  const field: FieldDescription = {
    name: customPrefix + key,
    type,
    label,
    writable: own.type !== 'formula',
    required,
    sortable: type !== 'multi_select',
    filterable: true,
    searchable: searchedTypes.has(own.type),
    synonyms: { en: [label.toLowerCase()], pt: [] },
    ...(to === null ? {} : { to }),
    ...(options.length > 0 ? { options: options.map(({ value }) => value) } : {}),
  }
  const stored = type === 'multi_select' ? 'text[]' : isNumeric(type) ? 'float8' : 'text'
  return { ...field, column: 'custom', stored, nullable: true, own }
}

/** The value in the document of a record, as what it is compared as; never fails on what is no such value. */
export function ownValue({ own, stored }: StoredField, alias: 'r' | 't' = 'r'): RawBuilder<unknown> {
  if (!own) throw new Error('This field has a column of its own.')
  // Keys are made of letters, digits and _ only.
  const held = sql.raw(`${alias}.custom->'${own.key}'`)
  const text = sql.raw(`${alias}.custom->>'${own.key}'`)
  if (stored === 'text[]') return held
  if (stored === 'float8') return sql`(CASE WHEN jsonb_typeof(${held}) = 'number' THEN (${text})::float8 END)`
  return sql`(nullif(${text}, '') COLLATE "C")`
}

/** The id that a relation or a user field holds; null where something else is held. */
export function ownId({ own }: StoredField): RawBuilder<string | null> {
  if (!own) throw new Error('This field has a column of its own.')
  const text = sql.raw(`r.custom->>'${own.key}'`)
  return sql<string | null>`(CASE WHEN ${text} ~ ${idForm} THEN (${text})::uuid END)`
}

const idForm = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

/** The column of `custom_values` that has it. */
export const indexColumn = ({ stored }: StoredField): 'number' | 'text' =>
  stored === 'float8' ? 'number' : 'text'
