/** A value of one type as one of another: what it says stays the same, or it is refused. */
import type { CustomValue } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { readOwnValue, Unfit } from '../records/index.ts'

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  sim: true,
  '1': true,
  false: false,
  no: false,
  não: false,
  nao: false,
  '0': false,
}

const asText = (value: CustomValue): string =>
  Array.isArray(value) ? value.join('; ') : value === null ? '' : String(value)

function asNumber(value: CustomValue): CustomValue {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = asText(value).trim()
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  throw new Unfit('invalid_type', 'must be a number')
}

function asFlag(value: CustomValue): CustomValue {
  const flag = typeof value === 'boolean' ? value : flags[asText(value).trim().toLowerCase()]
  if (flag === undefined) throw new Unfit('invalid_type', 'must be yes or no')
  return flag
}

const byLabel = ({ options }: OwnField, text: string): string =>
  options.find((option) => option.label.toLowerCase() === text.trim().toLowerCase())?.value ?? text.trim()

/** What is tried with the value before the new field reads it. */
function prepared(field: OwnField, value: CustomValue): CustomValue {
  switch (field.type) {
    case 'number':
    case 'money':
      return asNumber(value)
    case 'boolean':
      return asFlag(value)
    case 'multi_select':
      return (Array.isArray(value) ? value : [asText(value)]).map((one) => byLabel(field, one))
    case 'select':
      if (Array.isArray(value) && value.length > 1) throw new Unfit('too_many', 'is more than one option')
      return byLabel(field, asText(value))
    case 'date':
      return asText(value).slice(0, asText(value).includes('T') ? 10 : undefined)
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}$/.test(asText(value)) ? `${asText(value)}T00:00:00Z` : value
    default:
      return asText(value)
  }
}

/** Throws Unfit when something of the value would be lost. */
export function convertValue(
  field: OwnField,
  value: CustomValue,
  countries: (string | null | undefined)[],
): CustomValue {
  if (value === null || value === '') return null
  return readOwnValue(field, prepared(field, value), countries)
}
