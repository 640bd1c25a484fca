/** Settings of a person. */
import { z } from 'zod'

export const themes = ['system', 'light', 'dark'] as const
/** `auto` follows the language. */
export const dateFormats = ['auto', 'dmy', 'mdy', 'ymd'] as const
export const weekStarts = ['auto', 'monday', 'sunday', 'saturday'] as const

/** They belong to the account and so follow the person from device to device. */
export const Preferences = z.object({
  language: z.enum(['en', 'pt-BR']),
  time_zone: z.string(),
  theme: z.enum(themes),
  date_format: z.enum(dateFormats),
  week_start: z.enum(weekStarts),
  /** A mail of log-ins from new devices and of changed ways in; of a changed password one is always told. */
  security_mails: z.boolean(),
})
export type Preferences = z.infer<typeof Preferences>

declare global {
  namespace Intl {
    /** In ECMAScript since 2025, not yet in TypeScript's library: 1 is Monday, 7 Sunday. */
    interface Locale {
      getWeekInfo: () => { firstDay: number }
    }
  }
}

const namedDays: Record<string, number> = { sunday: 0, monday: 1, saturday: 6 }

/** 0 is Sunday. What the person has left open, their language answers (Unicode CLDR). */
export function firstDayOfWeek(week_start: string, language: string): number {
  return namedDays[week_start] ?? new Intl.Locale(language).getWeekInfo().firstDay % 7
}
