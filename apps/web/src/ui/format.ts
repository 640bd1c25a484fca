import { createContext, use } from 'react'
import { useTranslation } from 'react-i18next'

/** Formats by the reader's language. Currencies and dates come as the API sends them: numbers and ISO 8601. */
export type Format = ReturnType<typeof makeFormat>

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const RELATIVE_STEPS: [limit_seconds: number, unit: Intl.RelativeTimeFormatUnit, size_seconds: number][] = [
  [MINUTE, 'second', 1],
  [HOUR, 'minute', MINUTE],
  [DAY, 'hour', HOUR],
  [7 * DAY, 'day', DAY],
  [30 * DAY, 'week', 7 * DAY],
  [365 * DAY, 'month', 30 * DAY],
  [Number.POSITIVE_INFINITY, 'year', 365 * DAY],
]

export type DateFormat = 'auto' | 'dmy' | 'mdy' | 'ymd'

/** How the reader wants days and times; without it, as the language and this device have them. */
export type FormatSettings = {
  time_zone?: string | undefined
  date_format?: DateFormat | undefined
  /** The day a week begins with: 0 is Sunday. */
  week_start?: number | undefined
  /** Whose telephone numbers are shown as they are dialled there: ISO 3166. */
  country?: string | null | undefined
}

export const FormatSettingsContext = createContext<FormatSettings>({})

/** Day, month and year in digits, in a fixed order; null leaves the date to the language. */
function numericDate(locale: string, order: DateFormat, zone: { timeZone?: string }) {
  if (order === 'auto') return null
  const parts = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone,
  })
  return (date: Date): string => {
    const found: Record<string, string> = {}
    for (const { type, value } of parts.formatToParts(date)) found[type] = value
    const { day = '', month = '', year = '' } = found
    if (order === 'ymd') return `${year}-${month}-${day}`
    return order === 'dmy' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`
  }
}

/** As the language writes it. */
function orderOf(locale: string): 'dmy' | 'mdy' | 'ymd' {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2026, 0, 2))
  const first = parts.find(({ type }) => type === 'month' || type === 'day' || type === 'year')?.type
  return first === 'month' ? 'mdy' : first === 'year' ? 'ymd' : 'dmy'
}

export function makeFormat(
  locale: string,
  { time_zone, date_format = 'auto', week_start = 1, country = null }: FormatSettings = {},
) {
  const zone = time_zone === undefined ? {} : { timeZone: time_zone }
  const number = new Intl.NumberFormat(locale)
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const monthShort = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const currencies = new Intl.DisplayNames(locale, { type: 'currency' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const wholeDay = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  // Swedish writes days as ISO 8601 does.
  const isoDay = new Intl.DateTimeFormat('sv-SE', zone)
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...zone })
  const digits = numericDate(locale, date_format, zone)
  const wallClock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', ...zone })
  const wall = (time: number | Date): string => wallClock.format(time).replace(' ', 'T')
  const plainDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayOrder = date_format === 'auto' ? orderOf(locale) : date_format
  const writtenDay = numericDate(locale, dayOrder, { timeZone: 'UTC' })
  const plainDigits = digits && writtenDay
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' })
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const either = new Intl.ListFormat(locale, { type: 'disjunction' })
  const moneyByCurrency = new Map<string, Intl.NumberFormat>()

  function moneyFormat(currency: string, short: boolean): Intl.NumberFormat {
    const key = `${currency}${short}`
    const known = moneyByCurrency.get(key)
    if (known) return known
    const shape = short
      ? { notation: 'compact' as const, maximumFractionDigits: 1 }
      : { trailingZeroDisplay: 'stripIfInteger' as const }
    const made = new Intl.NumberFormat(locale, { style: 'currency', currency, ...shape })
    moneyByCurrency.set(key, made)
    return made
  }

  return {
    locale,
    country,
    number: (value: number) => number.format(value),
    /** 12,400 → 12.4K */
    compact: (value: number) => compact.format(value),
    /** 0.25 → 25% */
    percent: (value: number) => percent.format(value),
    money: (value: number, currency: string) => moneyFormat(currency, false).format(value),
    moneyShort: (value: number, currency: string) => moneyFormat(currency, true).format(value),
    /** With its sign, of a difference: +€20. */
    signedMoney(value: number, currency: string): string {
      const amount = moneyFormat(currency, false).format(Math.abs(value))
      return value === 0 ? amount : `${value > 0 ? '+' : '\u2212'}${amount}`
    },
    /** EUR → Euro */
    currencyName: (currency: string) => currencies.of(currency) ?? currency,
    date: (iso: string) => (digits ? digits(new Date(iso)) : day.format(new Date(iso))),
    dateTime: (iso: string) =>
      digits ? `${digits(new Date(iso))} ${clock.format(new Date(iso))}` : moment.format(new Date(iso)),
    weekStart: week_start,
    /** In which order day, month and year are typed. */
    dayOrder,
    /** A calendar day, which has no time zone: 2026-02-28 must not become the evening before it west of Greenwich. */
    plainDay(day: string): string {
      const date = new Date(`${day}T00:00:00Z`)
      return plainDigits ? plainDigits(date) : plainDay.format(date)
    },
    /** A calendar day as one types it: 28/02/2026. */
    writtenDay: (day: string) => writtenDay?.(new Date(`${day}T00:00:00Z`)) ?? day,
    /** What calendar and clock show where the reader is: 2026-02-28T15:04. */
    wall: (instant: Date) => wall(instant),
    /** The instant at which they show that. */
    instant(shown: string): string {
      const meant = Date.parse(`${shown}Z`)
      let time = meant
      // Twice, for times that the first step carries over a change of the clocks.
      for (let round = 0; round < 2; round += 1) time += meant - Date.parse(`${wall(time)}Z`)
      return new Date(time).toISOString()
    },
    /** The day of an instant where the reader is: 2026-02-28. */
    day: (iso: string) => isoDay.format(new Date(iso)),
    weekday: (day: string) => weekday.format(new Date(`${day}T00:00:00Z`)),
    /** 2026-02-28 → Saturday, February 28 */
    wholeDay: (day: string) => wholeDay.format(new Date(`${day}T00:00:00Z`)),
    /** 2026-02 → February 2026 */
    month: (text: string) => month.format(new Date(`${text}-01T00:00:00Z`)),
    /** 2026-02 → Feb */
    monthShort: (text: string) => monthShort.format(new Date(`${text}-01T00:00:00Z`)),
    /** From the first to the last: January – March 2026 */
    months: (from: string, to: string) =>
      month.formatRange(new Date(`${from}-01T00:00:00Z`), new Date(`${to}-01T00:00:00Z`)),
    time: (iso: string) => clock.format(new Date(iso)),
    list: (items: string[]) => list.format(items),
    /** “A, B, or C” */
    either: (items: string[]) => either.format(items),
    /** How long something took, in its largest unit: 3 days */
    duration(seconds: number): string {
      const [, name, size] = RELATIVE_STEPS.find(([limit]) => seconds < limit) ?? [0, 'second', 1]
      return unit(name).format(Math.floor(seconds / size))
    },
    /** “2 hr. ago”, “in 3 days”; `now` is for tests and for ticking clocks. */
    ago(iso: string, now: number = Date.now()): string {
      const seconds = (new Date(iso).getTime() - now) / 1000
      const step = RELATIVE_STEPS.find(([limit]) => Math.abs(seconds) < limit)
      if (step === undefined) return day.format(new Date(iso))
      return relative.format(Math.trunc(seconds / step[2]), step[1])
    },
  }
}

const made = new WeakMap<FormatSettings, Map<string, Format>>()

/** One for all who read alike: a dozen formats of Intl take longer to make than a card or a row to draw. */
function formatOf(locale: string, settings: FormatSettings): Format {
  const byLocale = made.get(settings) ?? new Map<string, Format>()
  made.set(settings, byLocale)
  const format = byLocale.get(locale) ?? makeFormat(locale, settings)
  byLocale.set(locale, format)
  return format
}

export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatOf(i18n.language, use(FormatSettingsContext))
}
