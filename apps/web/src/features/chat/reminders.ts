/** When one can be reminded of a message: soon, or on a morning where the reader is. */
import type { Format } from '../../ui/format.ts'

type Clock = Pick<Format, 'wall' | 'instant'>
const morning = '09:00'
const minute_ms = 60_000
const day_ms = 24 * 60 * minute_ms

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * day_ms).toISOString().slice(0, 10)

export function remindersFrom(now: Date, { wall, instant }: Clock) {
  const today = wall(now).slice(0, 10)
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay()
  const later = (minutes: number) => new Date(now.getTime() + minutes * minute_ms).toISOString()
  const onMorning = (days: number) => instant(`${dayAfter(today, days)}T${morning}`)
  return [
    { name: 'in_20_minutes', due_at: later(20) },
    { name: 'in_an_hour', due_at: later(60) },
    { name: 'in_three_hours', due_at: later(180) },
    { name: 'tomorrow', due_at: onMorning(1) },
    // The next Monday that is not today.
    { name: 'next_week', due_at: onMorning((8 - weekday) % 7 || 7) },
  ] as const
}

/** It was told of; until it is done with, it stays in the list. */
export const isDue = ({ reminded_at }: { reminded_at: string | null }): boolean => reminded_at !== null
