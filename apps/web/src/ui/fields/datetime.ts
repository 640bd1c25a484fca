import { date } from './date.ts'
import { readDate, toLocalMinute } from './readDate.ts'
import type { FieldType } from './types.ts'

export const datetime: FieldType = {
  ...date,
  width: 170,
  input: { type: 'datetime-local' },
  read: (text, _, locale) => {
    const value = readDate(text, locale, true)
    return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
  },
  write: (value, _, format) => format.dateTime(String(value)),
  draft: (value) => toLocalMinute(new Date(String(value))),
}
