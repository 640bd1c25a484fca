/** A custom field as its form holds it, and as the API takes it. */
import {
  customFieldTypes,
  CustomKey,
  CustomValue,
  FieldOption,
  line,
  type CustomField,
  type CustomFieldType,
} from '@rapport/contracts'
import { z } from 'zod'
import type { FieldChange } from './api.ts'

/** A new option has no value yet: its first label becomes it. */
const TypedOption = z.object({
  id: z.string(),
  value: z.string(),
  label: line(200),
  color: FieldOption.shape.color,
})
export type TypedOption = z.infer<typeof TypedOption>

export const TypedField = z.object({
  label: line(120),
  key: CustomKey,
  type: z.enum(customFieldTypes),
  help: z.string().trim().max(500),
  options: z.array(TypedOption),
  to: z.string().nullable(),
  formula: z.string().trim().max(2000),
  required: z.boolean(),
  unique: z.boolean(),
  default_value: CustomValue,
})
export type TypedField = z.infer<typeof TypedField>

export const hasOptions = (type: CustomFieldType): boolean => type === 'select' || type === 'multi_select'
const mayBeUnique = new Set<CustomFieldType>(['text', 'number', 'date', 'email', 'phone', 'url'])
const hasDefault = new Set<CustomFieldType>([
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'boolean',
  'select',
  'multi_select',
  'url',
])

/** Which rules a type can have. */
export const rulesOf = (type: CustomFieldType) => ({
  required: type !== 'formula',
  unique: mayBeUnique.has(type),
  default_value: hasDefault.has(type),
})

export const blankField = (type: CustomFieldType): TypedField => ({
  label: '',
  key: '',
  type,
  help: '',
  options: hasOptions(type) ? [blankOption(0)] : [],
  to: type === 'relation' ? 'company' : null,
  formula: '',
  required: false,
  unique: false,
  default_value: null,
})

const hues = FieldOption.shape.color.options

export const blankOption = (place: number): TypedOption => ({
  id: crypto.randomUUID(),
  value: '',
  label: '',
  color: hues[place % hues.length] ?? 'slate',
})

export const typedOf = (field: CustomField): TypedField => ({
  label: field.label,
  key: field.key,
  type: field.type,
  help: field.help ?? '',
  options: field.options.map((option) => ({ id: option.value, ...option })),
  to: field.to,
  formula: field.formula ?? '',
  required: field.required,
  unique: field.unique,
  default_value: field.default_value,
})

/** Everything but what cannot change and what does not go with the type. */
export function bodyOf(typed: TypedField): FieldChange & { type: CustomFieldType; label: string } {
  const { type, label, help, options, to, formula, required, unique, default_value } = typed
  const rules = rulesOf(type)
  return {
    type,
    label,
    help: help === '' ? null : help,
    ...(hasOptions(type)
      ? {
          options: options.map(({ value, label: name, color }) => ({
            value: value || name,
            label: name,
            color,
          })),
        }
      : {}),
    ...(type === 'relation' && to !== null ? { to } : {}),
    ...(type === 'formula' ? { formula } : {}),
    required: rules.required && required,
    unique: rules.unique && unique,
    default_value: rules.default_value && !unique ? default_value : null,
  }
}

/** "Orçamento anual (R$)" → `orcamento_anual_r` */
export function keyFrom(label: string): string {
  const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 63)
}
