import parse from 'libphonenumber-js/min'

/**
 * A number as people of `country` write it: their own ones without the country's code, others with it. What is no
 * number stays as it was typed.
 */
export function formatPhone(number: string, country: string | null): string {
  const parsed = parse(number)
  if (!parsed?.isPossible()) return number
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
}
