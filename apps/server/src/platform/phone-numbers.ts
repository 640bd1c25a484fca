/** Telephone numbers: read as people write them, kept as E.164, compared by their digits. */
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js'
import { splitExtension } from './phone-extension.ts'

/** The code of a country told as ISO 3166-1 alpha-2, or else undefined. */
function countryCode(country: string | null | undefined): CountryCode | undefined {
  const code = country?.trim().toUpperCase()
  return code !== undefined && isSupportedCountry(code) ? code : undefined
}

type Parsed = ReturnType<typeof parsePhoneNumberFromString>

/**
 * A record that is written has its numbers read three times: when they come in, when they are kept, for the search. What
 * was read last is kept until as many others have come, so that nothing is forgotten in the middle of a batch.
 */
let lately = new Map<string, Parsed>()
let earlier = new Map<string, Parsed>()
const remembered = 2_000

function parse(text: string, countries: readonly (string | null | undefined)[]): Parsed {
  // With its calling code a number is the same wherever it is read.
  const isInternational = text.startsWith('+')
  const codes = isInternational ? [] : countryCodes(countries)
  const key = isInternational ? text : `${codes.join()} ${text}`
  const known = lately.get(key) ?? earlier.get(key)
  if (known !== undefined || lately.has(key) || earlier.has(key)) return known
  const parsed = parseAnew(text, codes)
  if (lately.size >= remembered) {
    earlier = lately
    lately = new Map()
  }
  lately.set(key, parsed)
  // As it is kept, it is read without its extension.
  if (parsed && parsed.number !== key && !parsed.ext) lately.set(parsed.number, parsed)
  return parsed
}

const countryCodes = (countries: readonly (string | null | undefined)[]): CountryCode[] =>
  countries.map(countryCode).filter((code) => code !== undefined)

function parseAnew(text: string, codes: readonly CountryCode[]): Parsed {
  for (const code of codes.length > 0 ? codes : [undefined]) {
    const number = parsePhoneNumberFromString(text, code)
    if (number?.isValid()) return number
  }
  return undefined
}

/**
 * E.164 when the text is a valid number, read as of the first country that fits, with its extension behind it
 * (`+14155552672 ext. 34`); otherwise as typed.
 */
export function normalizePhone(text: string, countries: readonly (string | null | undefined)[]): string {
  const { number, extension } = splitExtension(text)
  const parsed = parse(number, countries)
  if (!parsed) return text
  const line = extension ?? parsed.ext
  return line ? `${parsed.number} ext. ${line}` : parsed.number
}

/**
 * The runs of digits by which this number may be looked up: the national number and its last digits, and the
 * longer ways to write it. By its extension nobody looks for it.
 */
export function phoneForms(
  text: string,
  countries: readonly (string | null | undefined)[],
): { short: string[]; long: string[] } {
  const written = splitExtension(text).number
  const digits = written.replace(/\D/g, '')
  if (digits.length < 3) return { short: [], long: [] }
  const number = parse(written, countries)
  const last = digits.slice(-8)
  if (!number) return { short: [digits, last], long: [] }
  const national = number.formatNational().replace(/\D/g, '')
  return { short: [number.nationalNumber, last], long: [number.number.slice(1), national] }
}

/** Every run of digits by which this number may be looked up. */
export function phoneDigits(text: string, countries: (string | null | undefined)[]): string[] {
  const { short, long } = phoneForms(text, countries)
  return [...new Set([...long, ...short])]
}

const callingCodes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)))

/** The calling code with which an international number begins, or nothing. No code begins another one. */
export function callingCodeOf(digits: string): string {
  return [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => callingCodes.has(code)) ?? ''
}
