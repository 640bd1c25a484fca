import type { FilterOperator } from './lists.ts'

/**
 * An object is described by its fields. Filters, sorts, field selection, import mapping and table columns
 * all read this description, so a field is told once; the server adds where each is stored.
 */
export const fieldTypes = [
  'text',
  'long_text',
  'number',
  'money',
  'percent',
  'date',
  'datetime',
  'boolean',
  'select',
  'multi_select',
  'user',
  'email',
  'phone',
  'url',
  'emails',
  'phones',
  'relation',
  'tags',
  'links',
  'checklist',
  'recurrence',
  'formula',
  'id',
] as const
export type FieldType = (typeof fieldTypes)[number]

export type FieldDescription = {
  name: string
  type: FieldType
  /** What an organization calls a field of its own; the others are named by each language. */
  label?: string
  /** The object that a relation leads to. */
  to?: string
  /** Values of a select, in their order. */
  options?: readonly string[]
  /** Can be given when a record is made or changed. */
  writable: boolean
  /** Must have a value. */
  required: boolean
  sortable: boolean
  filterable: boolean
  /** Found by the search text `q`. */
  searchable: boolean
  /** How many records have each of its values, and what they are worth, is known without counting them. */
  counted?: boolean
  /** Column headings that mean this field, beside its own name: lower-case words without accents. */
  synonyms: { en: readonly string[]; pt: readonly string[] }
}

/** The relation of `company_id` is `company`, in `include` and in filters. */
export const relationName = (field: string): string => field.replace(/_id$/, '')

const byText: readonly FilterOperator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'is_empty',
  'is_not_empty',
]
const byChoice: readonly FilterOperator[] = ['eq', 'ne', 'in', 'not_in', 'is_empty', 'is_not_empty']
const byOrder: readonly FilterOperator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'is_empty',
  'is_not_empty',
]
const byTime: readonly FilterOperator[] = [...byOrder, 'within']
const byMany: readonly FilterOperator[] = ['has_any', 'has_all', 'is_empty', 'is_not_empty']

/** Which operators a filter may use on a field of each type. */
export const operatorsByType: Record<FieldType, readonly FilterOperator[]> = {
  text: byText,
  long_text: byText,
  email: byText,
  phone: byText,
  url: byText,
  // Lists are found by the search; the first of each has a field of its own.
  emails: [],
  phones: [],
  relation: byChoice,
  number: byOrder,
  money: byOrder,
  percent: byOrder,
  date: byTime,
  datetime: byTime,
  boolean: byChoice,
  select: byChoice,
  multi_select: byMany,
  user: byChoice,
  tags: byMany,
  links: byMany,
  checklist: [],
  recurrence: ['is_empty', 'is_not_empty'],
  // A formula is told as what it results in.
  formula: [],
  id: byChoice,
}

const added: readonly FieldType[] = ['number', 'money', 'percent']

/** Whether a table tells below the column what all its values come to. */
export const isTotalled = ({ type }: Pick<FieldDescription, 'type'>): boolean => added.includes(type)

const groupable: readonly FieldType[] = ['select', 'user', 'relation', 'text', 'number', 'date', 'datetime']

/** Whether records can be put into groups by the field: a stage and a pipeline are ids that name something. */
export const isGroupable = ({ name, type, filterable }: FieldDescription): boolean =>
  filterable && (groupable.includes(type) || (type === 'id' && name !== 'id'))

type Traits = Partial<Omit<FieldDescription, 'name' | 'type' | 'synonyms'>>

/** What a person enters: writable, sortable and filterable unless the traits say otherwise. */
export function entered(
  name: string,
  type: FieldType,
  en: readonly string[],
  pt: readonly string[],
  traits: Traits = {},
): FieldDescription {
  return {
    name,
    type,
    writable: true,
    required: false,
    sortable: true,
    filterable: true,
    searchable: false,
    synonyms: { en, pt },
    ...traits,
  }
}

/** What the system keeps by itself. */
export function kept(name: string, type: FieldType, traits: Traits = {}): FieldDescription {
  return entered(name, type, [], [], { writable: false, required: true, ...traits })
}

/** Found by the search text. */
export const found = { searchable: true }

/** Counted ahead: for fields with few values, by which lists are grouped. */
export const counted = { counted: true }

/** Every record can be tagged. */
export const tagsField = entered(
  'tags',
  'tags',
  ['tags', 'tag', 'label', 'labels', 'keywords'],
  ['etiqueta', 'etiquetas', 'marcador', 'marcadores', 'rotulos', 'palavras chave'],
  { sortable: false },
)

/** What every record keeps by itself. */
export const keptFields: readonly FieldDescription[] = [
  kept('created_by', 'user', { required: false }),
  kept('created_at', 'datetime'),
  kept('updated_at', 'datetime'),
  kept('deleted_at', 'datetime', { required: false, filterable: false, sortable: false }),
  kept('version', 'number', { sortable: false, filterable: false }),
]

/** Prefix of a field that has no column of its own: `custom.<key>`. */
export const customPrefix = 'custom.'
