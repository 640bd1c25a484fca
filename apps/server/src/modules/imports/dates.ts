/**
 * Dates and times as people write them: `2016-10-20`, `20/10/2016`, `10/20/2016 5:07 PM`, `04 Apr, 2021 00:02:00`,
 * `4 de abril de 2021`, `20161020`. Whether the day or the month comes first is decided by the whole column.
 */
import type { DateOrder } from '@rapport/contracts'
import { instantAt, isoDay, type Day } from '../../platform/lists/index.ts'
import { withoutAccents } from './header.ts'

/** `seconds` of the day; `offset` in minutes, where the text names its zone. */
type Moment = { day: Day; seconds: number | null; offset: number | null }

const monthWords = [
  'jan january janeiro',
  'feb february fev fevereiro',
  'mar march marco',
  'apr april abr abril',
  'may mai maio',
  'jun june junho',
  'jul july julho',
  'aug august ago agosto',
  'sep sept september set setembro',
  'oct october out outubro',
  'nov november novembro',
  'dec december dez dezembro',
]
const months = new Map(
  monthWords.flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
)

const inNumbers = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const packed = /^(\d{4})(\d{2})(\d{2})$/
const dayAndWord =
  /^(\d{1,2})(?:st|nd|rd|th|º)?[\s./-]+(?:de |of )?([a-z]+)\.?,?[\s./-]+(?:de |of )?(\d{4}|\d{2})$/
const wordAndDay = /^([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/
const yearAndWord = /^(\d{4})[-/ ]([a-z]+)[-/ ](\d{1,2})$/
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun|seg|ter|qua|qui|sex|sab|dom)[a-z]*(?:-feira)?[.,]*\s+/
const time =
  /(?:t|,?\s+(?:at |as )?)(\d{1,2})(?::|h)(\d{2})?(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap])?\.?(?:m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/

/** A day as `2016-10-20`; a time of day beside it is left out. */
export function readDay(text: string, order: DateOrder): string | undefined {
  const moment = readMoment(text, order)
  return moment && isoDay(moment.day)
}

/** Whether it is a day, or a moment of one, in some order. */
export const isDay = (text: string): boolean =>
  readMoment(text, 'day_first') !== undefined || readMoment(text, 'month_first') !== undefined

/** An instant in UTC; what names no zone is meant in `time_zone`. */
export function readInstant(text: string, order: DateOrder, time_zone: string): string | undefined {
  const moment = readMoment(text, order)
  if (!moment) return undefined
  const { day, offset } = moment
  const seconds = moment.seconds ?? 0
  const begun =
    offset === null
      ? instantAt(day, Math.floor(seconds / 60), time_zone).getTime()
      : Date.UTC(day.year, day.month - 1, day.day) + (Math.floor(seconds / 60) - offset) * 60_000
  return new Date(begun + (seconds % 60) * 1000).toISOString()
}

/** Whether the text tells a time of day as well. */
export const hasTime = (text: string): boolean =>
  text.includes(':') && readMoment(text, 'day_first')?.seconds != null

function readMoment(given: string, order: DateOrder): Moment | undefined {
  if (given.length < 6 || given.length > 60 || !/\d/.test(given)) return undefined
  const text = withoutAccents(given).toLowerCase().trim().replace(weekday, '')
  const clock = text.includes(':') || /\dh/.test(text) ? time.exec(text) : null
  const seconds = clock && secondsOf(clock)
  if (clock && seconds === undefined) return undefined
  const day = readDate((clock ? text.slice(0, clock.index) : text).replace(/,$/, '').trim(), order)
  return day && { day, seconds: seconds ?? null, offset: clock ? offsetOf(clock[5]) : null }
}

function secondsOf([, hour, minute, second, half]: RegExpExecArray): number | undefined {
  const [hours, minutes, seconds] = [Number(hour), Number(minute ?? 0), Number(second ?? 0)]
  if (hours > (half ? 12 : 23) || minutes > 59 || seconds > 59) return undefined
  const inDay = half ? (hours % 12) + (half === 'p' ? 12 : 0) : hours
  return inDay * 3600 + minutes * 60 + seconds
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  if (/^[a-z]/.test(zone)) return 0
  const digits = zone.slice(1).replace(':', '')
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)))
}

function readDate(text: string, order: DateOrder): Day | undefined {
  const numbers = inNumbers.exec(text)
  if (numbers) {
    const [, one, two, year] = numbers
    return order === 'day_first' ? dayOf(year, two, one) : dayOf(year, one, two)
  }
  const plain = yearFirst.exec(text) ?? packed.exec(text)
  if (plain) return dayOf(plain[1], plain[2], plain[3])
  const worded = dayAndWord.exec(text)
  if (worded) return dayOf(worded[3], months.get(worded[2] ?? ''), worded[1])
  const american = wordAndDay.exec(text)
  if (american) return dayOf(american[3], months.get(american[1] ?? ''), american[2])
  const mixed = yearAndWord.exec(text)
  return mixed ? dayOf(mixed[1], months.get(mixed[2] ?? ''), mixed[3]) : undefined
}

type Part = string | number | undefined

/** Two digits of a year are of 1970 to 2069. */
function dayOf(year: Part, month: Part, day: Part): Day | undefined {
  if (month === undefined) return undefined
  const short = String(year).length === 2
  const full = short ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year)
  const found = { year: full, month: Number(month), day: Number(day) }
  return isInCalendar(found) ? found : undefined
}

function isInCalendar({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Gathers what a column shows of the order of its dates. */
export class DateEvidence {
  #dayFirst = 0
  #monthFirst = 0

  add(text: string): void {
    const [, one, two] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}(?!\d)/.exec(text) ?? []
    if (one === undefined || two === undefined) return
    if (Number(one) > 12 && Number(two) <= 12) this.#dayFirst += 1
    else if (Number(two) > 12 && Number(one) <= 12) this.#monthFirst += 1
  }

  /** Null when no value shows it. */
  get order(): DateOrder | null {
    if (this.#dayFirst === this.#monthFirst) return null
    return this.#dayFirst > this.#monthFirst ? 'day_first' : 'month_first'
  }
}

/** Countries whose people write the month first. */
const monthFirstCountries = new Set(['US', 'PH', 'PR', 'GU', 'FM', 'MH', 'PW', 'AS', 'VI'])

/** What an organization means where a column does not show it. */
export function usualOrder(country: string | null, language: string): DateOrder {
  if (country !== null) return monthFirstCountries.has(country) ? 'month_first' : 'day_first'
  return language === 'en' ? 'month_first' : 'day_first'
}
