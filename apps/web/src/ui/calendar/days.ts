/** Days as texts: 2026-02-28. They have no time zone; whoever asks knows where they are. */

const dayMs = 86_400_000
const parse = (day: string) => Date.parse(`${day}T00:00:00Z`)
const write = (time: number) => new Date(time).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => write(parse(day) + days * dayMs)
export const daysBetween = (from: string, to: string): number => Math.round((parse(to) - parse(from)) / dayMs)
export const monthOf = (day: string): string => day.slice(0, 7)

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return write(Date.UTC(year, number - 1 + months, 1)).slice(0, 7)
}

/** The weeks that hold the month, each of seven days. @param first the first day of a week: 0 is Sunday */
export function weeksOf(month: string, first: number): string[][] {
  const start = `${month}-01`
  const lead = (new Date(parse(start)).getUTCDay() - first + 7) % 7
  const from = addDays(start, -lead)
  const count = Math.ceil((daysBetween(from, addDays(`${addMonths(month, 1)}-01`, -1)) + 1) / 7)
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => addDays(from, week * 7 + day)),
  )
}
