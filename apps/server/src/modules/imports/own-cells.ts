/** A cell that goes into a field which the organization made: read by its type, as people write such values. */
import type { CustomValue } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { describeOwnField } from '../../platform/lists/index.ts'
import { readOwnValue, Unfit } from '../records/index.ts'
import { normaliseName } from './header.ts'
import type { DecimalMark } from './numbers.ts'
import { readValue, type ReadingContext } from './readers.ts'

type Cell = { text: string; mark: DecimalMark; reading: ReadingContext }
type Read = { value: CustomValue; problem?: undefined } | { problem: string }

export function readOwnCell(field: OwnField, { text, mark, reading }: Cell): Read {
  const plain = plainValue(field, { text, mark, reading })
  if (plain.problem !== undefined) return plain
  try {
    return { value: readOwnValue(field, plain.value, [reading.home_country]) }
  } catch (cause) {
    if (cause instanceof Unfit) return { problem: cause.message }
    throw cause
  }
}

function plainValue(field: OwnField, { text, mark, reading }: Cell): Read {
  if (field.type === 'select') return found(optionOf(field, text))
  if (field.type === 'multi_select') {
    const chosen = text.split(/[;,|]/).map((part) => optionOf(field, part))
    const known = chosen.filter((one) => one !== undefined)
    return known.length < chosen.length ? found(undefined) : { value: known }
  }
  // Long texts keep their lines.
  if (field.type === 'long_text') return { value: text }
  return readValue(describeOwnField(field), text, mark, reading)
}

const found = (value: CustomValue | undefined): Read =>
  value === undefined ? { problem: 'is none of the options of the field' } : { value }

/** By value or label, however it is written. */
function optionOf({ options }: OwnField, text: string): string | undefined {
  const name = normaliseName(text)
  const exact = options.find(({ value }) => value === text.trim())
  const alike = options.find(
    ({ value, label }) => normaliseName(value) === name || normaliseName(label) === name,
  )
  return (exact ?? alike)?.value
}

/** What is wrong with a new record that has only these values. */
export const missingOwn = (own: readonly OwnField[], given: Record<string, CustomValue>): OwnField[] =>
  own.filter(
    ({ required, retired, key, default_value }) =>
      required && !retired && (given[key] ?? default_value ?? null) === null,
  )
