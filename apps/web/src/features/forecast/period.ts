/** Months that a forecast is about: a quarter, a half-year or a year, as calendars have them. */
export const lengths = ['3', '6', '12'] as const
/** Months by number: a month, and those that one can choose. */
export type Length = '1' | (typeof lengths)[number]
export type Period = { from: string; to: string }

const numberOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const monthOf = (number: number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`

/** The one of that length that the month lies in. */
export function periodOf(month: string, length: Length): Period {
  const months = Number(length)
  const first = Math.floor(numberOf(month) / months) * months
  return { from: monthOf(first), to: monthOf(first + months - 1) }
}

export const movedBy = ({ from }: Period, length: Length, steps: number): Period =>
  periodOf(monthOf(numberOf(from) + steps * Number(length)), length)

/** The day that many days before, both as 2026-02-28. */
export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
