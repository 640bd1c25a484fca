const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
const WRITTEN_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2}))?$/

/** `2026-03-01` and `01/03/2026` (month first where the language writes it so). */
export function readDate(text: string, locale: string, withTime: boolean): string | null {
  if (ISO_DAY.test(text)) {
    const date = new Date(text.length === 10 ? `${text}T00:00:00` : text)
    if (Number.isNaN(date.getTime())) return null
    return withTime ? date.toISOString() : text.slice(0, 10)
  }
  const match = WRITTEN_DAY.exec(text)
  if (!match) return null
  const [first, second, year, hour, minute] = match.slice(1).map((part) => Number(part ?? 0))
  if (first === undefined || second === undefined || year === undefined) return null
  const [month, day] = isMonthFirst(locale) ? [first, second] : [second, first]
  const date = new Date(year < 100 ? 2000 + year : year, month - 1, day, hour ?? 0, minute ?? 0)
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return null
  return withTime ? date.toISOString() : toLocalDay(date)
}

function isMonthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2026, 0, 2))
  return parts.find((part) => part.type === 'month' || part.type === 'day')?.type === 'month'
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

export function toLocalDay(date: Date): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The shape `<input type="datetime-local">` wants. */
export function toLocalMinute(date: Date): string {
  return `${toLocalDay(date)}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}
