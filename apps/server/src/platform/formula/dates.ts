/** Days as `2026-01-31`, counted in UTC, where every day has 24 hours. */
const dayMs = 86_400_000

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`)

function dateAt(time: number): string | null {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  // Outside of the years 0000 to 9999 the text begins with a sign.
  return /^\d{4}-/.test(text) && text >= '0001' ? text.slice(0, 10) : null
}

/** The 31st of a month that is shorter is no date. */
export function makeDate(year: number, month: number, day: number): string | null {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? dateAt(date.getTime()) : null
}

export const addDays = (date: string, days: number): string | null =>
  dateAt(timeOf(date) + Math.trunc(days) * dayMs)

export const daysBetween = (from: string, to: string): number =>
  Math.round((timeOf(to) - timeOf(from)) / dayMs)

/** NaN for text that only looks like a date, as 2026-13-01. */
export const partOf = (date: string, part: 'year' | 'month' | 'day'): number => {
  if (Number.isNaN(timeOf(date))) return Number.NaN
  const [year, month, day] = date.split('-').map(Number)
  return { year, month, day }[part] ?? Number.NaN
}
