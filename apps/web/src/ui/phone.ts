import parse from 'libphonenumber-js/min'
import type { Format } from './format.ts'

/** What stands before the line behind a switchboard; elsewhere `ext.`, as it is kept. */
const extensionWords: Readonly<Record<string, string>> = { 'pt-BR': 'ramal' }

/**
 * A number as people of `country` write it: their own ones without the country's code, others with it. What is no
 * number stays as it was typed.
 */
export function formatPhone(number: string, { country, locale }: Pick<Format, 'country' | 'locale'>): string {
  const parsed = parse(number)
  if (!parsed?.isPossible()) return number
  const { ext } = parsed
  parsed.setExt('')
  const written = parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
  return ext ? `${written} ${extensionWords[locale] ?? 'ext.'} ${ext}` : written
}

/** Where a device calls it, with its extension as RFC 3966 has it. */
export function callTo(number: string): string {
  const { main, extension } = digitsOf(number)
  return extension ? `tel:${main};ext=${extension}` : `tel:${main}`
}

/** Where one writes to it: a switchboard is written to as a whole. */
export const whatsAppTo = (number: string): string =>
  `https://wa.me/${digitsOf(number).main.replace('+', '')}`

function digitsOf(number: string): { main: string; extension: string | undefined } {
  const [main = '', extension] = number.split(/ ext\. (?=\d+$)/)
  return { main: main.replaceAll(/[^\d+]/g, ''), extension }
}
