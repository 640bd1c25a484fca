/**
 * Records of any object, as lists and writes need them: the fields of the contract together with where each
 * is stored, and the fields that the organization made for itself. Filter, sort, field selection and presentation
 * all work from this one description.
 */
import {
  customField,
  customPrefix,
  maySee,
  type FieldDescription,
  type FieldRules,
  type FieldType,
  type Permission,
} from '@rapport/contracts'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import type { OwnField } from '../custom-fields.ts'
import { describeOwnField } from './own-fields.ts'

/** PostgreSQL types whose comparisons are leakproof, so that indexes serve them under row-level security. */
export type StoredAs =
  'text' | 'int4' | 'int8' | 'float8' | 'uuid' | 'timestamptz' | 'date' | 'text[]' | 'jsonb' | 'rows'

/** A field with any number of values, each in a row of another table, which only its module knows. */
export type KeptRows = {
  /** The values of the record of that alias, as JSON. */
  told: (alias: string) => RawBuilder<unknown>
  /** The same for many records at once, which is less work: `record_id` and `told`, for those that have values. */
  gathered?: (actor: Actor, record_ids: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Whether the record of that alias has one of the values, or any at all with null. */
  holds: (actor: Actor, alias: string, values: readonly (string | number)[] | null) => RawBuilder<SqlBool>
  /** The rows `v` that have the value, by an index that knows them in the order of `record_id`; null without one. */
  having: (actor: Actor, value: string | number) => ValueRows | null
  /** What `include` adds by that name: more than the values, as far as the caller may know it. */
  included?: { name: string; told: (actor: Actor, alias: string) => RawBuilder<unknown> }
}

/** Rows `v` of a table, each of another `record_id`, and the conditions that they meet. */
export type ValueRows = { table: string; where: RawBuilder<unknown> }

export type StoredField = FieldDescription & {
  column: string
  stored: StoredAs
  nullable: boolean
  /** Where the values are that have no column. */
  rows?: KeptRows
  /** Of a field that the organization made: its values are in the document `custom`, and in an index beside it. */
  own?: OwnField
}

export type RecordDescription<Family extends string = string> = {
  /** The word in events and activities: `lead`, or the key of an object that the organization made. */
  object: string
  /** The word of its kind in types of events and codes of problems: that of the object, or one for all of an organization's own. */
  family: Family
  table: string
  /** The table holds records of several objects, which its column `object` tells apart. */
  is_shared: boolean
  /** The field a person knows it by. */
  title: string
  fields: ReadonlyMap<string, StoredField>
  /** Fields of the organization's own, by key; none in what a module describes. */
  own: ReadonlyMap<string, StoredField>
  /** Keys of values that are kept and not told. */
  untold: readonly string[]
  /** Values without a field of their own are told, too. */
  has_custom: boolean
  permissions: { read: Permission; update: Permission; delete: Permission }
}

const storedAs: Record<FieldType, StoredAs> = {
  text: 'text',
  long_text: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  select: 'text',
  boolean: 'text',
  formula: 'text',
  number: 'int4',
  money: 'int8',
  percent: 'float8',
  date: 'date',
  datetime: 'timestamptz',
  emails: 'text[]',
  phones: 'text[]',
  multi_select: 'text[]',
  relation: 'uuid',
  user: 'uuid',
  tags: 'rows',
  links: 'rows',
  checklist: 'jsonb',
  recurrence: 'text',
  id: 'uuid',
}

type Described<Family extends string> = Pick<
  RecordDescription<Family>,
  'family' | 'table' | 'title' | 'permissions'
> & {
  fields: readonly FieldDescription[]
  /** Of each field that is stored as rows. */
  rows?: Readonly<Record<string, KeptRows>>
}

const descriptions = new Map<string, RecordDescription>()

/** Records of an object that every organization has. */
export function describeRecords<Object extends string>({
  object,
  ...parts
}: Omit<Described<Object>, 'family'> & { object: Object }): RecordDescription<Object> {
  const described = describe({ ...parts, family: object, object, is_shared: false })
  descriptions.set(object, described)
  return described
}

function describe<Family extends string>({
  rows = {},
  ...parts
}: Described<Family> & { object: string; is_shared: boolean }): RecordDescription<Family> {
  const fields = parts.fields.map((field): [string, StoredField] => [field.name, storedField(field, rows)])
  return {
    ...parts,
    fields: new Map(fields),
    own: new Map<string, StoredField>(),
    untold: [],
    has_custom: true,
  }
}

let describeOwn: ((object: string) => RecordDescription) | undefined
const ownDescriptions = new Map<string, RecordDescription>()
const rememberedObjects = 5_000

/**
 * Records of the objects that organizations make: alike but for the word of the object, and in one table. Answers the
 * description by that word, whose organization may be any.
 */
export function describeOwnRecords<Family extends string>({
  rowsOf,
  ...parts
}: Omit<Described<Family>, 'rows'> & {
  rowsOf: (object: string) => Readonly<Record<string, KeptRows>>
}): (object: string) => RecordDescription<Family> {
  const ofObject = (object: string) => {
    const known = ownDescriptions.get(object)
    if (known) return known as RecordDescription<Family>
    const described = describe({ ...parts, rows: rowsOf(object), object, is_shared: true })
    if (ownDescriptions.size >= rememberedObjects) ownDescriptions.clear()
    ownDescriptions.set(object, described)
    return described
  }
  describeOwn = ofObject
  return ofObject
}

function storedField(field: FieldDescription, rows: Readonly<Record<string, KeptRows>>): StoredField {
  const { name, type, required } = field
  const stored = { ...field, column: name, stored: storedAs[type], nullable: !required }
  if (stored.stored !== 'rows') return stored
  const kept = rows[name]
  if (!kept) throw new Error(`Nobody says where the rows of the field ${name} are.`)
  return { ...stored, rows: kept }
}

/** The description of an object by its word, if it is one of those that the actor's organization has and its role sees. */
export function findRecords(
  object: string,
  { own_objects }: Pick<Actor, 'own_objects'>,
): RecordDescription | undefined {
  return descriptions.get(object) ?? (own_objects.has(object) ? recordsOf(object) : undefined)
}

/** All of them: those that every organization has, and its own. */
export const allRecords = ({ own_objects }: Pick<Actor, 'own_objects'>): RecordDescription[] => [
  ...descriptions.values(),
  ...[...own_objects].map(recordsOf),
]

/** The description of an object that is known to be there, whoever may see it. */
export function recordsOf(object: string): RecordDescription {
  const described = descriptions.get(object) ?? describeOwn?.(object)
  if (!described) throw new Error(`No module describes the object ${object}.`)
  return described
}

/** The field of that name; `custom.<key>` is one that the organization made. */
export const fieldOf = ({ fields, own }: RecordDescription, name: string): StoredField | undefined =>
  name.startsWith(customPrefix) ? own.get(name.slice(customPrefix.length)) : fields.get(name)

type Rules = FieldRules[string]
type Reader = Pick<Actor, 'field_rules' | 'own_fields'>
const unruled: Rules = {}
const unowned: readonly OwnField[] = []
const views = new WeakMap<
  Rules,
  WeakMap<readonly OwnField[], WeakMap<RecordDescription, RecordDescription>>
>()

function remembered<Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make()
  map.set(key, made)
  return made
}

/**
 * The records as somebody sees them: with the fields that the organization made, and without what the rules of the
 * role hide, so that nothing that works from it can tell, filter, sort or find by it. Made once for a role as long
 * as its rules and the fields are remembered.
 */
export function seenBy<Family extends string>(
  described: RecordDescription<Family>,
  { field_rules, own_fields }: Reader,
): RecordDescription<Family> {
  const { object } = described
  const rules = Object.hasOwn(field_rules, object) ? (field_rules[object] ?? unruled) : unruled
  const own = Object.hasOwn(own_fields, object) ? (own_fields[object] ?? unowned) : unowned
  if (rules === unruled && own === unowned) return described
  const byOwn = remembered(views, rules, () => new WeakMap())
  const byRecords = remembered(byOwn, own, () => new WeakMap())
  const view = remembered(byRecords, described, () => lookThrough(described, field_rules, own))
  byRecords.set(view, view)
  return view as RecordDescription<Family>
}

function lookThrough(
  records: RecordDescription,
  rules: FieldRules,
  own: readonly OwnField[],
): RecordDescription {
  const seen = (name: string) => maySee(rules, records.object, name)
  const isTold = (field: OwnField) => !field.retired && seen(customPrefix + field.key)
  return {
    ...records,
    fields: new Map([...records.fields].filter(([name]) => seen(name))),
    own: new Map(own.filter(isTold).map((field) => [field.key, describeOwnField(field)])),
    untold: own.filter((field) => !isTold(field)).map((field) => field.key),
    has_custom: records.has_custom && (seen(customField) || own.some(isTold)),
  }
}
