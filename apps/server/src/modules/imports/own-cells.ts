/** A cell that goes into a field which the organization made: read by its type, as people write such values. */
import type { CustomValue, FieldDescription } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { describeOwnField } from '../../platform/lists/index.ts'
import { readOwnValue, Unfit } from '../records/index.ts'
import { normaliseName } from './header.ts'
import { readValue, type Marks, type ReadingContext } from './readers.ts'
import { because, type Reason, type ReasonCode } from './reasons.ts'

type Cell = { text: string; marks: Marks; reading: ReadingContext }
type Read = { value: CustomValue; problem?: undefined } | { problem: Reason }

export function readOwnCell(field: OwnField, { text, marks, reading }: Cell): Read {
  const plain = plainValue(field, { text, marks, reading })
  if (plain.problem !== undefined) return plain
  try {
    return { value: readOwnValue(field, plain.value, [reading.home_country]) }
  } catch (cause) {
    if (cause instanceof Unfit) return { problem: whyUnfit(field, cause) }
    throw cause
  }
}

function plainValue(field: OwnField, { text, marks, reading }: Cell): Read {
  if (field.type === 'select') return found(optionOf(field, text))
  if (field.type === 'multi_select') {
    const chosen = text.split(/[;,|]/).map((part) => optionOf(field, part))
    const known = chosen.filter((one) => one !== undefined)
    return known.length < chosen.length ? found(undefined) : { value: known }
  }
  // Long texts keep their lines.
  if (field.type === 'long_text') return { value: text }
  return readValue(known(field).description, text, marks, reading)
}

const found = (value: CustomValue | undefined): Read =>
  value === undefined ? { problem: because('no_option') } : { value }

type Known = { description: FieldDescription; options: ReadonlyMap<string, string> }

/** What reading asks of a field, found out once for all rows. */
const all = new WeakMap<OwnField, Known>()

function known(field: OwnField): Known {
  const found = all.get(field)
  if (found) return found
  const options = new Map<string, string>()
  for (const { value, label } of field.options)
    for (const name of [normaliseName(value), normaliseName(label)])
      if (!options.has(name)) options.set(name, value)
  const made = { description: describeOwnField(field), options }
  all.set(field, made)
  return made
}

/** By value or label, however it is written. */
function optionOf(field: OwnField, text: string): string | undefined {
  const exact = field.options.find(({ value }) => value === text.trim())
  return exact ? exact.value : known(field).options.get(normaliseName(text))
}

/** What is wrong with a new record that has only these values. */
export const missingOwn = (own: readonly OwnField[], given: Record<string, CustomValue>): OwnField[] =>
  own.filter(
    ({ required, retired, key, default_value }) =>
      required && !retired && (given[key] ?? default_value ?? null) === null,
  )

/** What a text that is no value of the type is told to be. */
const unlike: Record<OwnField['type'], ReasonCode> = {
  text: 'not_plain',
  long_text: 'not_plain',
  number: 'not_number',
  money: 'not_money',
  date: 'not_date',
  datetime: 'not_time',
  boolean: 'not_flag',
  select: 'no_option',
  multi_select: 'no_option',
  user: 'not_member',
  relation: 'not_record',
  url: 'not_url',
  email: 'not_email',
  phone: 'not_phone',
  formula: 'calculated',
}

function whyUnfit({ type }: OwnField, { code }: Unfit): Reason {
  if (code === 'too_long') return because('too_long_text')
  if (code === 'too_big') return because('too_large_number')
  return because(code === 'too_precise' ? 'too_many_decimals' : unlike[type])
}
