/** Telephone numbers: read as people write them, kept as E.164, compared by their digits. */
import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js'

/** The code of a country told as ISO 3166-1 alpha-2, or else undefined. */
function countryCode(country: string | null | undefined): CountryCode | undefined {
  const code = country?.trim().toUpperCase()
  return code !== undefined && isSupportedCountry(code) ? code : undefined
}

function parse(text: string, countries: (string | null | undefined)[]) {
  const codes = countries.map(countryCode).filter((code) => code !== undefined)
  for (const code of codes.length > 0 ? codes : [undefined]) {
    const number = parsePhoneNumberFromString(text, code)
    if (number?.isValid()) return number
  }
  return undefined
}

/** E.164 when the text is a valid number, read as of the first country that fits; otherwise as typed. */
export function normalizePhone(text: string, countries: (string | null | undefined)[]): string {
  return parse(text, countries)?.number ?? text
}

/** Every run of digits by which this number may be looked up. */
export function phoneDigits(text: string, countries: (string | null | undefined)[]): string[] {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 3) return []
  const number = parse(text, countries)
  const forms = number
    ? [number.number.slice(1), number.nationalNumber, number.formatNational().replace(/\D/g, '')]
    : [digits]
  return [...new Set([...forms, digits.slice(-8)])]
}
