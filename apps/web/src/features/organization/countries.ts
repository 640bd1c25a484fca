/** Countries by ISO 3166-1 code and currencies by ISO 4217 code, named in the reader's language. */
export type Named = { value: string; label: string }

/** Codes that name something, but no country one has an address in. */
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])
const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index))

/** Old codes stand for the country that has taken their place: only that one is offered. */
const isCurrent = (code: string) => new Intl.Locale(`und-${code}`).maximize().region === code

export function listCountries(locale: string): Named[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((value) => {
      const label = names.of(value)
      return label && !noCountries.has(value) && isCurrent(value) ? [{ value, label }] : []
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
}

export function listCurrencies(locale: string, codes: readonly string[]): Named[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'none' })
  return codes.map((value) => {
    const name = names.of(value)
    return { value, label: name ? `${value} · ${name}` : value }
  })
}
