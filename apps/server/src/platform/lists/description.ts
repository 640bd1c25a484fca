/**
 * Records of any object, as lists and writes need them: the fields of the contract together with where each
 * is stored. Filter, sort, field selection and presentation all work from this one description.
 */
import {
  customField,
  maySee,
  type FieldDescription,
  type FieldRules,
  type FieldType,
  type Permission,
} from '@rapport/contracts'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'

/** PostgreSQL types whose comparisons are leakproof, so that indexes serve them under row-level security. */
export type StoredAs = 'text' | 'int4' | 'int8' | 'uuid' | 'timestamptz' | 'date' | 'text[]' | 'rows'

/** A field with any number of values, each in a row of another table, which only its module knows. */
export type KeptRows = {
  /** The values of the record of that alias, as JSON. */
  told: (alias: string) => RawBuilder<unknown>
  /** Whether the record of that alias has one of the values, or any at all with null. */
  holds: (actor: Actor, alias: string, values: readonly (string | number)[] | null) => RawBuilder<SqlBool>
}

export type StoredField = FieldDescription & {
  column: string
  stored: StoredAs
  nullable: boolean
  /** Where the values are that have no column. */
  rows?: KeptRows
}

export type RecordDescription<Object extends string = string> = {
  /** The word in routes, events and activities: `lead`. */
  object: Object
  table: string
  /** The field a person knows it by. */
  title: string
  fields: ReadonlyMap<string, StoredField>
  /** Values without a field of their own are told, too. */
  has_custom: boolean
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
  emails: 'text[]',
  phones: 'text[]',
  relation: 'uuid',
  user: 'uuid',
  tags: 'rows',
  id: 'uuid',
}

type Described<Object extends string> = Omit<RecordDescription<Object>, 'fields' | 'has_custom'> & {
  fields: readonly FieldDescription[]
  /** Of each field that is stored as rows. */
  rows?: Readonly<Record<string, KeptRows>>
}

export function describeRecords<Object extends string>({
  rows = {},
  ...parts
}: Described<Object>): RecordDescription<Object> {
  const fields = parts.fields.map((field): [string, StoredField] => [field.name, storedField(field, rows)])
  const described = { ...parts, fields: new Map(fields), has_custom: true }
  descriptions.set(parts.object, described)
  return described
}

function storedField(field: FieldDescription, rows: Readonly<Record<string, KeptRows>>): StoredField {
  const { name, type, required } = field
  const stored = { ...field, column: name, stored: storedAs[type], nullable: !required }
  if (stored.stored !== 'rows') return stored
  const kept = rows[name]
  if (!kept) throw new Error(`Nobody says where the rows of the field ${name} are.`)
  return { ...stored, rows: kept }
}

const descriptions = new Map<string, RecordDescription>()

/** The description of an object by its word, if any module keeps such records. */
export const findRecords = (object: string): RecordDescription | undefined => descriptions.get(object)

/** The description of the object that a relation leads to. */
export function recordsOf(object: string): RecordDescription {
  const described = findRecords(object)
  if (!described) throw new Error(`No module describes the object ${object}.`)
  return described
}

type Rules = FieldRules[string]
const views = new WeakMap<Rules, WeakMap<RecordDescription, RecordDescription>>()

/**
 * The records as a role sees them: what the rules hide is not part of this description, so nothing that works from
 * it can tell, filter, sort or find by it. Made once for a role as long as its rules are remembered.
 */
export function seenBy(records: RecordDescription, rules: FieldRules): RecordDescription {
  const own = rules[records.object]
  if (own === undefined) return records
  const known = views.get(own) ?? new WeakMap<RecordDescription, RecordDescription>()
  views.set(own, known)
  const view = known.get(records) ?? restrict(records, rules)
  known.set(records, view)
  known.set(view, view)
  return view
}

function restrict(records: RecordDescription, rules: FieldRules): RecordDescription {
  const seen = (name: string) => maySee(rules, records.object, name)
  return {
    ...records,
    fields: new Map([...records.fields].filter(([name]) => seen(name))),
    has_custom: records.has_custom && seen(customField),
  }
}
