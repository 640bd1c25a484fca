/** The month, quarter or year that is under way, and as much of the one before. */
import { goalSpan, type GoalPeriod } from '@rapport/contracts'
import { addDays, dayOf, isoDay, parseDay, startOfDay } from '../../platform/lists/index.ts'

export type Spans = { from: string; until: string; before_from: string; before_until: string }

export function spansAt(now: Date, period: GoalPeriod, time_zone: string): Spans {
  const { starts_on, ends_before } = goalSpan(period, isoDay(dayOf(now, time_zone)))
  const start = instantOf(starts_on, time_zone)
  const before = instantOf(goalSpan(period, dayBefore(starts_on)).starts_on, time_zone)
  const as_far = before.getTime() + (now.getTime() - start.getTime())
  return {
    from: start.toISOString(),
    until: instantOf(ends_before, time_zone).toISOString(),
    before_from: before.toISOString(),
    before_until: new Date(Math.min(as_far, start.getTime())).toISOString(),
  }
}

function dayOfText(text: string) {
  const day = parseDay(text)
  if (!day) throw new Error(`${text} is no day.`)
  return day
}
const dayBefore = (text: string) => isoDay(addDays(dayOfText(text), -1))
const instantOf = (text: string, time_zone: string) => startOfDay(dayOfText(text), time_zone)
