/** From a cell's text to a value of a field, or the reason why it is none. The contract has the last word. */
import { isCurrency, leadFields, NewLead, type FieldDescription } from '@rapport/contracts'
import type { z } from 'zod'
import type { OwnField } from '../../platform/custom-fields.ts'
import { readStatus, type MemberFinder } from './choices.ts'
import { normaliseName } from './header.ts'
import { readAmount, readNumber, type DecimalMark } from './numbers.ts'

export type Reading =
  { value: string | number | boolean; currency?: string | null; problem?: undefined } | { problem: string }

/** What the organization adds to the reading: its currency, its country, its members. */
export type ReadingContext = {
  home_currency: string
  home_country: string | null
  findMember: MemberFinder
  /** Fields that the organization gave to the object. */
  own: readonly OwnField[]
}

const schemas: Record<string, z.ZodType> = NewLead.shape
/** Fields a column can be mapped to. */
export const importableFields: ReadonlyMap<string, FieldDescription> = new Map(
  leadFields
    .filter((field) => field.writable && field.type !== 'id' && field.type !== 'tags')
    .map((field) => [field.name, field]),
)

/** `text` is not blank. */
export function readValue(
  field: FieldDescription,
  text: string,
  mark: DecimalMark,
  context: ReadingContext,
): Reading {
  const reading = readByType(field, text.replace(/\s+/g, ' ').trim(), mark, context)
  if (reading.problem !== undefined) return reading
  const parsed = schemas[field.name]?.safeParse(reading.value)
  return parsed?.success === false ? { problem: inWords(parsed.error.issues[0]) } : reading
}

function readByType(
  field: FieldDescription,
  text: string,
  mark: DecimalMark,
  context: ReadingContext,
): Reading {
  if (field.name === 'currency') return readCurrency(text, context.home_currency)
  switch (field.type) {
    case 'number':
    case 'percent':
      return found(readNumber(text, mark), 'is not a number')
    case 'money': {
      const amount = readAmount(text, mark, context.home_currency)
      return amount ?? { problem: 'is not an amount of money' }
    }
    case 'select':
      return found(readStatus(text), `is none of ${field.options?.join(', ') ?? ''}`)
    case 'user':
      return found(context.findMember(text), 'is neither the e-mail nor the full name of one member')
    case 'email':
      return { value: text.replace(/^mailto:/i, '').toLowerCase() }
    case 'phone':
      return /\d.*\d.*\d/.test(text) ? { value: text } : { problem: 'is not a phone number' }
    case 'boolean':
      return found(readFlag(text), 'is neither yes nor no')
    case 'text':
    case 'long_text':
    case 'multi_select':
    case 'formula':
    case 'url':
    case 'date':
    case 'datetime':
    case 'relation':
    case 'emails':
    case 'phones':
    case 'tags':
    case 'id':
      return { value: text }
  }
}

const found = (value: string | number | boolean | undefined, problem: string): Reading =>
  value === undefined ? { problem } : { value }

function readCurrency(text: string, home: string): Reading {
  const code = isCurrency(text.toUpperCase())
    ? text.toUpperCase()
    : readAmount(`${text} 1`, '.', home)?.currency
  return code ? { value: code } : { problem: 'is not a currency' }
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'sim', 's', 'verdadeiro'])
const no = new Set(['no', 'n', 'false', '0', 'nao', 'falso'])

function readFlag(text: string): boolean | undefined {
  const word = normaliseName(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** The contract's findings as a person would say them. */
export function inWords(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'too_big')
    return issue.origin === 'string'
      ? `is longer than ${issue.maximum} characters`
      : `is more than ${issue.maximum}`
  if (issue?.code === 'too_small')
    return issue.origin === 'string' ? 'needs a value' : `is less than ${issue.minimum}`
  if (issue?.code === 'invalid_format')
    return issue.format === 'email' ? 'is not an e-mail address' : issue.message
  if (issue?.code === 'invalid_type' && issue.expected === 'int') return 'is not a whole number'
  return issue?.message ?? 'does not fit the field'
}
