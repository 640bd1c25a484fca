/** From a cell's text to a value of a field, or the reason why it is none. The contract has the last word. */
import { isCurrency, type DateOrder, type FieldDescription } from '@rapport/contracts'
import type { z } from 'zod'
import type { OwnField } from '../../platform/custom-fields.ts'
import type { Language } from '../../platform/actor.ts'
import { readChoice, type MemberFinder } from './choices.ts'
import { readDay, readInstant } from './dates.ts'
import { normaliseName } from './header.ts'
import type { ImportKind } from './kinds.ts'
import { because, type Reason } from './reasons.ts'
import { readAmount, readNumber, type DecimalMark } from './numbers.ts'

export type Reading =
  | { value: string | number | boolean | string[]; currency?: string | null; problem?: undefined }
  | { problem: Reason }

export type KnownStage = { id: string; type: 'open' | 'won' | 'lost' }

/** What is being read, and what the organization adds to it: its currency, its country, its members and stages. */
export type ReadingContext = {
  kind: ImportKind
  home_currency: string
  home_country: string | null
  language: Language
  time_zone: string
  /** Of dates in columns that do not show it. */
  date_order: DateOrder
  /** The stage of that name or id. */
  findStage: (text: string) => KnownStage | undefined
  findMember: MemberFinder
  /** Whether a text that is no value of its field is kept beside the record, instead of refusing the row. */
  keep_unreadable: boolean
  /** Fields that the organization gave to the object. */
  own: readonly OwnField[]
}

/** What the whole column says of its values. */
export type Marks = {
  decimal_mark: DecimalMark
  date_order: DateOrder | null
  /** All are numbers from 0 to 1 and some between: a probability of 0.75 is one of 75 %. */
  is_share: boolean
}

export type ReadCell = (
  field: FieldDescription,
  text: string,
  marks: Marks,
  context: ReadingContext,
) => Reading

/** What the text, which is not blank, comes to by the type of its field; the contract has not seen it yet. */
export const readUnchecked: ReadCell = (field, text, marks, context) =>
  readByType(field, oneLine(text), marks, context)

/** As one line without spaces around it. Most cells are that already. */
const oneLine = (text: string) => (/[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text).trim()

/** `text` is not blank. */
export const readValue: ReadCell = (field, text, marks, context) => {
  const reading = readUnchecked(field, text, marks, context)
  if (reading.problem !== undefined) return reading
  const parsed = context.kind.shapes[field.name]?.safeParse(reading.value)
  return parsed?.success === false ? { problem: readIssue(parsed.error.issues[0]) } : reading
}

function readByType(
  field: FieldDescription,
  text: string,
  { decimal_mark: mark, date_order, is_share }: Marks,
  context: ReadingContext,
): Reading {
  if (field.name === 'currency') return readCurrency(text, context.home_currency)
  switch (field.type) {
    case 'number':
    case 'percent': {
      const number = readNumber(text, mark)
      const share = is_share && field.name === 'probability'
      return found(share ? toPercent(number) : number, because('not_number'))
    }
    case 'money': {
      const amount = readAmount(text, mark, context.home_currency)
      return amount ?? { problem: because('not_money') }
    }
    case 'select':
      return found(readChoice(field, text), because('none_of', { options: field.options?.join(', ') ?? '' }))
    case 'user':
      return found(context.findMember(text), because('not_member'))
    case 'email':
      return { value: addressIn(text).toLowerCase() }
    case 'phone':
      return /\d.*\d.*\d/.test(text) ? { value: numberIn(text) } : { problem: because('not_phone') }
    case 'boolean':
      return found(readFlag(text), because('not_flag'))
    case 'date':
      return found(readDay(text, date_order ?? context.date_order), because('not_date'))
    case 'datetime':
      return found(
        readInstant(text, date_order ?? context.date_order, context.time_zone),
        because('not_time'),
      )
    case 'emails':
    case 'phones':
    case 'tags':
      return {
        value: [
          ...new Set(
            text
              .split(/[;,|]/)
              .map((one) => one.trim())
              .filter(Boolean),
          ),
        ],
      }
    case 'id':
      return found(context.findStage(text)?.id, because('no_stage'))
    case 'text':
    case 'long_text':
    case 'multi_select':
    case 'formula':
    case 'url':
    case 'relation':
    case 'links':
    case 'checklist':
    case 'recurrence':
      return { value: text }
  }
}

const found = (value: string | number | undefined | boolean, problem: Reason): Reading =>
  value === undefined ? { problem } : { value }

/** `Ana Souza <ana@x.com>` and `mailto:ana@x.com` as the address alone. */
const addressIn = (text: string) =>
  (/<([^<>\s]+@[^<>\s]+)>$/.exec(text)?.[1] ?? text).replace(/^mailto:/i, '')

/** Without what other systems put before a number so that spreadsheets leave it alone: `p:+5511…`, `'+1…`. */
const numberIn = (text: string) => text.replace(/^(?:'|(?:p|tel|phone|whatsapp):\s*)(?=[+(\d])/i, '')

const toPercent = (share: number | undefined) =>
  share === undefined ? undefined : Number((share * 100).toPrecision(15))

function readCurrency(text: string, home: string): Reading {
  const code = isCurrency(text.toUpperCase())
    ? text.toUpperCase()
    : readAmount(`${text} 1`, '.', home)?.currency
  return code ? { value: code } : { problem: because('not_currency') }
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'sim', 's', 'verdadeiro'])
const no = new Set(['no', 'n', 'false', '0', 'nao', 'falso'])

export function readFlag(text: string): boolean | undefined {
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
