/**
 * Calculated fields of a record (decision 0024). They are calculated whenever the record is written and kept with its
 * other values, so that lists filter, sort and tell them like any field.
 */
import { customPrefix, type FieldType } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { compileFormulas, FormulaError, type Formula, type ValueType } from '../../platform/formula/index.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Custom } from './definition.ts'
import { tell } from './values.ts'

/** By the name of the field, each after those that it reads. */
export type OwnFormulas = ReadonlyMap<string, Formula | FormulaError>

/** What a value is within a formula; ids mean nothing there. */
const valueTypes: Record<FieldType, ValueType | 'unusable'> = {
  text: 'text',
  long_text: 'text',
  select: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  number: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'date',
  boolean: 'boolean',
  multi_select: 'list',
  emails: 'list',
  phones: 'list',
  user: 'unusable',
  relation: 'unusable',
  tags: 'unusable',
  links: 'unusable',
  checklist: 'unusable',
  recurrence: 'unusable',
  id: 'unusable',
  formula: 'unusable',
}

const compiled = new WeakMap<readonly OwnField[], OwnFormulas>()

/** The formulas of an object, compiled once as long as its fields stay the same. */
export function formulasOf(records: RecordDescription, own: readonly OwnField[]): OwnFormulas {
  const known = compiled.get(own)
  if (known) return known
  const live = own.filter(({ retired }) => !retired)
  const texts = live.flatMap(({ type, key, formula }): [string, string][] =>
    type === 'formula' ? [[customPrefix + key, formula ?? '']] : [],
  )
  const formulas = compileFormulas(new Map(texts), (name) => {
    if (name.startsWith(customPrefix)) {
      const field = live.find(({ key }) => customPrefix + key === name)
      return field && valueTypes[field.type]
    }
    const field = records.fields.get(name)
    // What the system keeps by itself changes without a write that would calculate anew.
    return field && (field.writable ? valueTypes[field.type] : 'unusable')
  })
  compiled.set(own, formulas)
  return formulas
}

type Values = Record<string, unknown> & { custom: Custom }

/** The custom values of a record, its formulas calculated from all that it holds. */
export function calculateOwn(records: RecordDescription, own: readonly OwnField[], values: Values): Custom {
  const formulas = formulasOf(records, own)
  if (formulas.size === 0) return values.custom
  const custom = { ...values.custom }
  const read = (name: string) =>
    name.startsWith(customPrefix)
      ? custom[name.slice(customPrefix.length)]
      : tell(records, name, values[records.fields.get(name)?.column ?? name])
  for (const [name, formula] of formulas) {
    const key = name.slice(customPrefix.length)
    const value = formula instanceof FormulaError ? null : formula.evaluate(read)
    if (value === null) delete custom[key]
    else custom[key] = value
  }
  return custom
}

/** Whether the field is calculated, so that nobody gives it. */
export const isCalculated = (own: readonly OwnField[], name: string): boolean =>
  own.some(({ type, key }) => type === 'formula' && customPrefix + key === name)
