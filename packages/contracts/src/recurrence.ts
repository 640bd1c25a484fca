/** How something repeats: a rule of RFC 5545, with days as the smallest step. */
import { z } from 'zod'

export const recurrenceFrequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type RecurrenceFrequency = (typeof recurrenceFrequencies)[number]
export const recurrenceWeekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
export type RecurrenceWeekday = (typeof recurrenceWeekdays)[number]

const list = (item: string) => new RegExp(`^${item}(,${item})*$`)
const upTo = (most: number) => (value: string) => /^[1-9]\d*$/.test(value) && Number(value) <= most
const signed = (most: number) => (value: string) =>
  list('[+-]?[1-9]\\d{0,2}').test(value) &&
  value.split(',').every((number) => Math.abs(Number(number)) <= most)
const weekday = `(${recurrenceWeekdays.join('|')})`

/** What each part of a rule may say. */
const parts: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => recurrenceFrequencies.some((one) => one === value),
  INTERVAL: upTo(999),
  COUNT: upTo(999),
  UNTIL: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value),
  BYDAY: (value) => list(`([+-]?[1-9]\\d?)?${weekday}`).test(value),
  BYMONTHDAY: signed(31),
  BYMONTH: (value) => list('([1-9]|1[0-2])').test(value),
  BYSETPOS: signed(366),
  BYYEARDAY: signed(366),
  BYWEEKNO: signed(53),
  WKST: (value) => new RegExp(`^${weekday}$`).test(value),
}

/** The parts of a rule by their names; null where it is none. */
export function readRecurrence(text: string): Record<string, string> | null {
  const pairs = text.split(';').map((part) => part.split('='))
  const rule: Record<string, string> = {}
  for (const [name = '', value, ...rest] of pairs) {
    const isKnown = Object.hasOwn(parts, name) && !Object.hasOwn(rule, name)
    if (!isKnown || value === undefined || rest.length > 0 || !parts[name]?.(value)) return null
    rule[name] = value
  }
  if (rule['FREQ'] === undefined || (rule['COUNT'] !== undefined && rule['UNTIL'] !== undefined)) return null
  return rule
}

/** Without the name of the property, in capitals. */
export const Recurrence = z
  .string()
  .trim()
  .max(300)
  .transform((text) =>
    text
      .toUpperCase()
      .replace(/^RRULE:/, '')
      .replace(/;$/, ''),
  )
  .refine(
    (text) => readRecurrence(text) !== null,
    'must be a rule of RFC 5545 that repeats by days, weeks, months or years, as FREQ=WEEKLY;BYDAY=MO,TH',
  )
  .describe('A recurrence rule of RFC 5545, as FREQ=WEEKLY;BYDAY=MO,TH')
