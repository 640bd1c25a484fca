/**
 * Fields that an organization makes for itself. Their values travel in the record's `custom: {key: value}` and are
 * named `custom.<key>` in filters, sorts, views and changes, like any other field.
 */
import { z } from 'zod'
import { customPrefix, type FieldDescription, type FieldType } from './fields.ts'
import { FormulaFault } from './formulas.ts'
import { operation } from './operation.ts'
import { Color } from './colors.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'

export const customFieldTypes = [
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'select',
  'multi_select',
  'user',
  'relation',
  'url',
  'email',
  'phone',
  'formula',
] as const satisfies readonly FieldType[]
export type CustomFieldType = (typeof customFieldTypes)[number]

export const maxCustomFields = 200
export const maxOptions = 200

export const CustomKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must begin with a letter and have only lower-case letters, digits and _')

/** `value` is what records hold and never changes; `label` is what people read. */
export const FieldOption = z.strictObject({ value: line(200), label: line(200), color: Color })
export type FieldOption = z.infer<typeof FieldOption>
/** An option may be given by its text alone. */
const GivenOption = z.union([
  line(200),
  z.strictObject({ value: line(200), label: line(200).optional(), color: Color.optional() }),
])

/** What a formula's result is told, filtered and sorted as. */
export const FormulaResult = z.enum(['text', 'number', 'boolean', 'date'])
export type FormulaResult = z.infer<typeof FormulaResult>

export const CustomValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(100),
  z.null(),
])
export type CustomValue = z.infer<typeof CustomValue>

/** What a formula gives, or why it cannot be used. */
export const FormulaCheck = z.object({
  fault: FormulaFault.nullable(),
  formula_type: FormulaResult.nullable(),
  needs: z.array(z.string()),
  /** For the record that was changed last, of those that the caller sees. */
  example: z.object({ name: z.string(), value: CustomValue }).nullable(),
})
export type FormulaCheck = z.infer<typeof FormulaCheck>

export const CustomField = z.object({
  id: Id,
  /** The object whose records have it: `lead`, `contact`, …, or the key of a custom object. */
  object: z.string(),
  key: CustomKey,
  label: z.string(),
  /** What people should know when they fill it in. */
  help: z.string().nullable(),
  type: z.enum(customFieldTypes),
  /** Of a select or multi-select, in their order. */
  options: z.array(FieldOption),
  /** The object that a relation leads to. */
  to: z.string().nullable(),
  formula: z.string().nullable(),
  formula_type: FormulaResult.nullable(),
  required: z.boolean(),
  unique: z.boolean(),
  default_value: CustomValue.nullable(),
  position: z.int(),
  retired_at: Timestamp.nullable(),
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type CustomField = z.infer<typeof CustomField>

const traits = {
  label: line(120),
  help: line(500).nullish(),
  options: z.array(GivenOption).max(maxOptions).optional(),
  to: z.string().max(63).optional(),
  formula: z.string().trim().min(1).max(2_000).optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  default_value: CustomValue.optional(),
}

export const NewCustomField = z.strictObject({
  object: z.string().max(63),
  key: CustomKey,
  type: z.enum(customFieldTypes),
  ...traits,
})
export type NewCustomField = z.output<typeof NewCustomField>

export const CustomFieldChange = z.strictObject({
  ...traits,
  label: line(120).optional(),
  type: z.enum(customFieldTypes).optional().describe('Converts all values, or refuses and changes nothing'),
  replace_options: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe(
      'What records get in place of options that are taken away: {old value: new value, or null for none}',
    ),
  position: z.int().min(0).optional().describe('0-based place among the fields of the object'),
  retired: z.boolean().optional().describe('A retired field is not shown; its values are kept'),
  version: Version,
})
export type CustomFieldChange = z.output<typeof CustomFieldChange>

export const customFields = {
  list: operation({
    method: 'GET',
    path: '/crm/custom-fields',
    summary: 'Custom fields in their order, the retired ones too',
    query: z.strictObject({ object: z.string().max(63).optional() }),
    reply: z.object({ items: z.array(CustomField), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/custom-fields',
    summary: 'Make a field; values that records hold under its key already must fit it',
    body: NewCustomField,
    status: 201,
    reply: CustomField,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/custom-fields/{id}',
    summary: 'One custom field',
    params: IdParams,
    reply: CustomField,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/custom-fields/{id}',
    summary: 'Rename, reorder, convert or retire a field',
    params: IdParams,
    body: CustomFieldChange,
    reply: CustomField,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/custom-fields/{id}',
    summary: 'Delete a field that no record has a value of; retire it otherwise',
    params: IdParams,
    status: 204,
  }),
  checkFormula: operation({
    method: 'POST',
    path: '/crm/custom-fields/check-formula',
    summary: 'What a formula results in, for the newest record as an example',
    body: z.strictObject({
      object: z.string().max(63),
      formula: z.string().max(10_000),
      key: CustomKey.optional().describe('Of the field that is to have it, which it cannot read'),
    }),
    reply: FormulaCheck,
  }),
}

/** How lists, filters and screens know a custom field: like any field of the object. */
export function describeCustomField(field: CustomField): FieldDescription {
  const type = field.type === 'formula' ? (field.formula_type ?? 'text') : field.type
  return {
    name: customPrefix + field.key,
    type,
    ...(field.to === null ? {} : { to: field.to }),
    ...(field.options.length > 0 ? { options: field.options.map(({ value }) => value) } : {}),
    label: field.label,
    writable: field.type !== 'formula',
    required: field.required,
    sortable: type !== 'multi_select',
    filterable: true,
    searchable: false,
    synonyms: { en: [field.label.toLowerCase()], pt: [] },
  }
}
