/** Calendar days in a time zone, as the instants between which they lie. */
import type { RelativeDate } from '@rapport/contracts'

export type Day = { year: number; month: number; day: number }
/** From (inclusive) and to (exclusive) days. */
export type DaySpan = { from: Day; to: Day }

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
    return true
  } catch {
    return false
  }
}

/** The wall clock of `instant` there, as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatIn(timeZone).formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

export function dayOf(instant: Date, timeZone: string): Day {
  const wall = new Date(wallClock(instant.getTime(), timeZone))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
}

/** How many minutes after midnight clocks there show. */
export function minutesOf(instant: Date, timeZone: string): number {
  const wall = new Date(wallClock(instant.getTime(), timeZone))
  return wall.getUTCHours() * 60 + wall.getUTCMinutes()
}

/** The instant at which that day begins there. Days beyond a month's end run over, as in Date.UTC. */
export const startOfDay = (day: Day, timeZone: string): Date => instantAt(day, 0, timeZone)

/** The instant at which clocks there show that many minutes after midnight. */
export function instantAt({ year, month, day }: Day, minutes: number, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, day, 0, minutes)
  // Two steps, because the offset in force at the first guess may be that of the other side of a clock change.
  const guess = wall - (wallClock(wall, timeZone) - wall)
  return new Date(wall - (wallClock(guess, timeZone) - guess))
}

export function addDays({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

export function isoDay({ year, month, day }: Day): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** `2026-02-28` as a day, or undefined when there is no such day. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  return day.year >= 100 && isoDay(day) === text ? day : undefined
}

/** Weeks begin on the day given, 0 being Sunday; `last_7_days` are today and the six before it, `next_7_days` today and six after. */
export function relativeSpan(name: RelativeDate, today: Day, week_starts_on = 1): DaySpan {
  const span = (from: number, to: number): DaySpan => ({ from: addDays(today, from), to: addDays(today, to) })
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay()
  const first = -((weekday - week_starts_on + 7) % 7)
  const week = (offset: number) => span(first + 7 * offset, first + 7 * offset + 7)
  const month = (offset: number): DaySpan => ({
    from: addDays({ ...today, month: today.month + offset, day: 1 }, 0),
    to: addDays({ ...today, month: today.month + offset + 1, day: 1 }, 0),
  })
  const year = (offset: number): DaySpan => ({
    from: { year: today.year + offset, month: 1, day: 1 },
    to: { year: today.year + offset + 1, month: 1, day: 1 },
  })
  const spans: Record<RelativeDate, () => DaySpan> = {
    today: () => span(0, 1),
    yesterday: () => span(-1, 0),
    tomorrow: () => span(1, 2),
    this_week: () => week(0),
    last_week: () => week(-1),
    next_week: () => week(1),
    this_month: () => month(0),
    last_month: () => month(-1),
    next_month: () => month(1),
    this_year: () => year(0),
    last_year: () => year(-1),
    last_7_days: () => span(-6, 1),
    last_30_days: () => span(-29, 1),
    last_90_days: () => span(-89, 1),
    next_7_days: () => span(0, 7),
    next_30_days: () => span(0, 30),
    before_today: () => span(-3_650, 0),
  }
  return spans[name]()
}
