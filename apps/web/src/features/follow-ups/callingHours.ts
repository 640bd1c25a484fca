import type { Cadence } from '@rapport/contracts'
import { toWallClock } from './wallClock.ts'

/** Whether people are called at that moment where they are. */
export function isCallingTime(
  { calling_from, calling_until, calling_days }: Cadence,
  time_zone: string,
  now: Date,
): boolean {
  const there = toWallClock(now.toISOString(), time_zone)
  const time = there.slice(11)
  const weekday = new Date(`${there.slice(0, 10)}T00:00:00Z`).getUTCDay()
  return calling_days.includes(weekday) && time >= calling_from && time < calling_until
}
