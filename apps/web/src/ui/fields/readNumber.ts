/** Takes what people of this language write (`1.234,50`, `R$ 12`) and what programs write (`1234.5`). */
export function readNumber(text: string, locale: string): number | null {
  const bare = text.replace(/[^\d.,+\-−]/g, '').replace('−', '-')
  if (!/\d/.test(bare)) return null
  if (/\p{L}/u.test(text.replace(/^\s*\p{L}{0,3}\p{Sc}?|\s*\p{L}{3}\s*$/gu, ''))) return null
  const decimal = decimalMark(bare, locale)
  const grouping = decimal === ',' ? '.' : ','
  const plain = bare.replaceAll(grouping, '').replace(decimal, '.')
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

function decimalMark(bare: string, locale: string): '.' | ',' {
  const dots = bare.split('.').length - 1
  const commas = bare.split(',').length - 1
  // With both marks the last one is the decimal mark; one that repeats can only group.
  if (dots > 0 && commas > 0) return bare.lastIndexOf('.') > bare.lastIndexOf(',') ? '.' : ','
  if (dots > 1) return ','
  if (commas > 1) return '.'
  const ours = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value
  const localMark = ours === ',' ? ',' : '.'
  const other = localMark === ',' ? '.' : ','
  // A lone foreign mark groups only when exactly three digits follow it.
  if (bare.includes(other) && !/[.,]\d{3}$/.test(bare)) return other
  return localMark
}

/** Numbers as an editor shows them: with the marks of the language, without grouping. */
export const draftNumber = (value: unknown, locale: string): string =>
  typeof value === 'number'
    ? new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(value)
    : String(value)
