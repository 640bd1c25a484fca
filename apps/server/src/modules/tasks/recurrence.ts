/** Which occurrence of a series comes next, by wall clock: a change of the clocks does not move nine o'clock. */
import { RRuleTemporal } from 'rrule-temporal'
import { invalidField } from '../../platform/problems.ts'

export type Series = { recurrence: string; recurs_from: string; time_zone: string | null }

/** So many steps find what comes once in thirty years; a rule that never comes ends there. */
const maxIterations = 12_000

function ruleOf({ recurrence, recurs_from, time_zone }: Series): RRuleTemporal {
  const zone = time_zone ?? 'UTC'
  const start = wallClock(recurs_from, zone)
  const rruleString = `DTSTART;TZID=${zone}:${start}\nRRULE:${recurrence}`
  return new RRuleTemporal({ rruleString, maxIterations })
}

/** The first one after that time; null when the series has ended. */
export function nextOccurrence(series: Series, after: Date): string | null {
  try {
    const next = ruleOf(series).next(after)
    return next === null ? null : new Date(next.epochMilliseconds).toISOString()
  } catch (error) {
    if (error instanceof Error && /maximum iterations/i.test(error.message)) return null
    throw error
  }
}

/** Throws the 422 of a rule that cannot be followed. */
export function requireRule(series: Series): void {
  try {
    ruleOf(series).next(new Date(series.recurs_from), true)
  } catch {
    throw invalidField('recurrence', 'unknown_recurrence', 'is no rule that can be followed')
  }
}

/** `20260301T090000` as clocks there show it. */
function wallClock(iso: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(iso))
  return text.replace(/[-:]/g, '').replace(' ', 'T')
}
