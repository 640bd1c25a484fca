/** From a cell's text to a value of a field, or the reason why it is none. The contract has the last word. */
import { isCurrency, leadFields, NewLead, type FieldDescription } from '@rapport/contracts'
import type { z } from 'zod'
import type { OwnField } from '../../platform/custom-fields.ts'
import { readStatus, type MemberFinder } from './choices.ts'
import { normaliseName } from './header.ts'
import { because, type Reason } from './reasons.ts'
import { readAmount, readNumber, type DecimalMark } from './numbers.ts'

export type Reading =
  { value: string | number | boolean; currency?: string | null; problem?: undefined } | { problem: Reason }

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
  return parsed?.success === false ? { problem: readIssue(parsed.error.issues[0]) } : reading
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
      return found(readNumber(text, mark), because('not_number'))
    case 'money': {
      const amount = readAmount(text, mark, context.home_currency)
      return amount ?? { problem: because('not_money') }
    }
    case 'select':
      return found(readStatus(text), because('none_of', { options: field.options?.join(', ') ?? '' }))
    case 'user':
      return found(context.findMember(text), because('not_member'))
    case 'email':
      return { value: text.replace(/^mailto:/i, '').toLowerCase() }
    case 'phone':
      return /\d.*\d.*\d/.test(text) ? { value: text } : { problem: because('not_phone') }
    case 'boolean':
      return found(readFlag(text), because('not_flag'))
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
    case 'links':
    case 'checklist':
    case 'recurrence':
    case 'id':
      return { value: text }
  }
}

const found = (value: string | number | boolean | undefined, problem: Reason): Reading =>
  value === undefined ? { problem } : { value }

function readCurrency(text: string, home: string): Reading {
  const code = isCurrency(text.toUpperCase())
    ? text.toUpperCase()
    : readAmount(`${text} 1`, '.', home)?.currency
  return code ? { value: code } : { problem: because('not_currency') }
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'sim', 's', 'verdadeiro'])
const no = new Set(['no', 'n', 'false', '0', 'nao', 'falso'])

function readFlag(text: string): boolean | undefined {
  const word = normaliseName(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** The contract's findings as reasons. */
export function readIssue(issue: z.core.$ZodIssue | undefined): Reason {
  if (issue?.code === 'too_big')
    return issue.origin === 'string'
      ? because('too_long', { most: Number(issue.maximum) })
      : because('too_large', { most: Number(issue.maximum) })
  if (issue?.code === 'too_small')
    return issue.origin === 'string'
      ? because('needs_value')
      : because('too_small', { least: Number(issue.minimum) })
  if (issue?.code === 'invalid_format' && issue.format === 'email') return because('not_email')
  if (issue?.code === 'invalid_type' && issue.expected === 'int') return because('not_whole')
  return issue ? because('refused', { message: issue.message }) : because('unfit')
}
