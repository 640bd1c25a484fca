/** Times as clocks show them in a time zone, in the shape that `<input type="datetime-local">` has: 2026-02-28T09:30. */

function wallClock(instant: number, time_zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: time_zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
}

export const toWallClock = (iso: string, time_zone: string): string =>
  new Date(wallClock(new Date(iso).getTime(), time_zone)).toISOString().slice(0, 16)

/** Null for what is no time. An hour that the clocks leave out is taken as the one after it. */
export function fromWallClock(text: string, time_zone: string): string | null {
  const wall = Date.parse(`${text}Z`)
  if (Number.isNaN(wall)) return null
  // Two steps: the offset at the first guess may be that of the other side of a clock change.
  const guess = wall - (wallClock(wall, time_zone) - wall)
  return new Date(wall - (wallClock(guess, time_zone) - guess)).toISOString()
}

/** The same time of day so many days later. */
export function daysLater(iso: string, days: number, time_zone: string): string {
  const wall = new Date(`${toWallClock(iso, time_zone)}Z`)
  wall.setUTCDate(wall.getUTCDate() + days)
  return fromWallClock(wall.toISOString().slice(0, 16), time_zone) ?? iso
}

/** The day of one moment at the time of day of another. */
export function atTimeOf(day: string, time: string, time_zone: string): string {
  const text = toWallClock(day, time_zone).slice(0, 10) + toWallClock(time, time_zone).slice(10)
  return fromWallClock(text, time_zone) ?? day
}
