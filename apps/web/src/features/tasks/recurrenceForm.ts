/** Rules as people choose them, and back. What the form does not know is kept as it is. */
import {
  readRecurrence,
  recurrenceWeekdays,
  type RecurrenceFrequency,
  type RecurrenceWeekday,
} from '@rapport/contracts'

export type RecurrenceForm = {
  frequency: RecurrenceFrequency
  interval: number
  /** Of a weekly one, 0 being Sunday. */
  weekdays: readonly number[]
  /** Of a monthly one; -1 is the last. Null follows the due date. */
  month_day: number | null
  /** Of a monthly one instead of that: the first Tuesday, or with -1 the last one. */
  month_week: { nth: number; weekday: number } | null
  end: 'never' | 'until' | 'count'
  /** The last day: 2026-12-31. */
  until: string
  count: number
}

export const workdays: readonly number[] = [1, 2, 3, 4, 5]

export const blankForm = (due: string): RecurrenceForm => ({
  frequency: 'WEEKLY',
  interval: 1,
  weekdays: [weekdayOf(due)],
  month_day: dayOfMonth(due),
  month_week: null,
  end: 'never',
  until: '',
  count: 10,
})

/** @param day 2026-12-31 */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
export const dayOfMonth = (day: string): number => Number(day.slice(8, 10))

/** Which of a month's Tuesdays, as one says it. */
export const nths = [1, 2, 3, 4, -1] as const

const known = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'UNTIL', 'COUNT', 'WKST'])

/** Null for a rule that says more than the form can. */
export function readForm(rule: string): RecurrenceForm | null {
  const parts = readRecurrence(rule)
  if (!parts || Object.keys(parts).some((name) => !known.has(name))) return null
  const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, UNTIL, COUNT = '10' } = parts
  const month_week = FREQ === 'MONTHLY' ? readNth(BYDAY) : null
  const weekdays =
    (month_week ? undefined : BYDAY)
      ?.split(',')
      .map((day) => recurrenceWeekdays.indexOf(day as RecurrenceWeekday)) ?? []
  if (weekdays.includes(-1) || (BYDAY !== undefined && FREQ !== 'WEEKLY' && !month_week)) return null
  if (month_week && BYMONTHDAY !== undefined) return null
  const month_day = BYMONTHDAY === undefined ? null : Number(BYMONTHDAY)
  if (month_day !== null && (FREQ !== 'MONTHLY' || Number.isNaN(month_day) || month_day < -1)) return null
  return {
    frequency: FREQ as RecurrenceFrequency,
    interval: Number(INTERVAL),
    weekdays: weekdays.toSorted((one, other) => one - other),
    month_day,
    month_week,
    end: UNTIL === undefined ? (parts['COUNT'] === undefined ? 'never' : 'count') : 'until',
    until: UNTIL === undefined ? '' : `${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6, 8)}`,
    count: Number(COUNT),
  }
}

/** 1TU → the first Tuesday; null for what the form has no words for. */
function readNth(days: string | undefined): RecurrenceForm['month_week'] {
  const [, sign, day] = /^([+-]?\d)([A-Z]{2})$/.exec(days ?? '') ?? []
  const nth = nths.find((one) => one === Number(sign))
  const weekday = recurrenceWeekdays.indexOf(day as RecurrenceWeekday)
  return nth === undefined || weekday === -1 ? null : { nth, weekday }
}

/** Which of its month's weekdays a day is: the second Tuesday. What would be the fifth is the last. */
export function nthOf(day: string): { nth: number; weekday: number } {
  const nth = Math.ceil(dayOfMonth(day) / 7)
  return { nth: nth > 4 ? -1 : nth, weekday: weekdayOf(day) }
}

export function writeForm(form: RecurrenceForm): string {
  const { frequency, interval, weekdays, month_day, month_week, end, until, count } = form
  const days = weekdays.map((day) => recurrenceWeekdays[day]).join(',')
  return [
    `FREQ=${frequency}`,
    interval > 1 && `INTERVAL=${interval}`,
    frequency === 'WEEKLY' && weekdays.length > 0 && `BYDAY=${days}`,
    frequency === 'MONTHLY' &&
      month_week &&
      `BYDAY=${month_week.nth}${recurrenceWeekdays[month_week.weekday]}`,
    frequency === 'MONTHLY' && !month_week && month_day !== null && `BYMONTHDAY=${month_day}`,
    end === 'until' && `UNTIL=${until.replaceAll('-', '')}`,
    end === 'count' && `COUNT=${count}`,
  ]
    .filter(Boolean)
    .join(';')
}

export const isWorkdays = ({ frequency, interval, weekdays }: RecurrenceForm): boolean =>
  frequency === 'WEEKLY' && interval === 1 && weekdays.join() === workdays.join()
