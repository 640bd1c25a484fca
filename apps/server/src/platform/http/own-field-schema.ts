/** JSON Schema of the value of a field that an organization made. */
import type { CustomFieldType, FormulaResult } from '@rapport/contracts'
import type { OwnField } from '../custom-fields.ts'

type Json = Record<string, unknown>

const text = (rest: Json = {}): Json => ({ type: 'string', ...rest })
const choice = ({ options }: OwnField): Json =>
  text({
    enum: options.map(({ value }) => value),
    'x-labels': Object.fromEntries(options.map(({ value, label }) => [value, label])),
  })

const results: Record<FormulaResult, Json> = {
  text: text(),
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: text({ format: 'date' }),
}

const shapes: Record<CustomFieldType, (field: OwnField) => Json> = {
  text: () => text({ maxLength: 1_000 }),
  long_text: () => text({ maxLength: 10_000 }),
  number: () => ({ type: 'number' }),
  money: () => ({ type: 'number' }),
  date: () => text({ format: 'date' }),
  datetime: () => text({ format: 'date-time' }),
  boolean: () => ({ type: 'boolean' }),
  select: choice,
  multi_select: (field) => ({ type: 'array', items: choice(field), uniqueItems: true }),
  user: () => text({ format: 'uuid' }),
  relation: ({ to }) => text({ format: 'uuid', 'x-to': to }),
  url: () => text({ format: 'uri', maxLength: 2_000 }),
  email: () => text({ format: 'email' }),
  phone: () => text({ description: 'Kept in E.164' }),
  formula: ({ formula, formula_type }) => ({
    ...results[formula_type ?? 'text'],
    readOnly: true,
    'x-formula': formula,
  }),
}

/** @param clears whether null may be given, to take the value away */
export function ownFieldSchema(field: OwnField, clears: boolean): Json {
  const shape = shapes[field.type](field)
  const about = {
    title: field.label,
    'x-type': field.type,
    'x-required': field.required,
    'x-unique': field.unique,
    ...(field.default_value === null ? {} : { default: field.default_value }),
  }
  return clears ? { ...about, anyOf: [shape, { type: 'null' }] } : { ...about, ...shape }
}
