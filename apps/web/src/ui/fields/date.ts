import { readDate } from './readDate.ts'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const date: FieldType = {
  ...written,
  width: 130,
  filter: 'date',
  begins: /\d/,
  input: { type: 'date' },
  read: (text, _, locale) => {
    const value = readDate(text, locale, false)
    return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
  },
  // A calendar day has no time zone: `2026-03-01` must not become the evening before it west of Greenwich.
  write: (value, _, format) => {
    const day = String(value)
    return format.date(day.length === 10 ? `${day}T00:00:00` : day)
  },
  draft: (value) => String(value).slice(0, 10),
}
