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
