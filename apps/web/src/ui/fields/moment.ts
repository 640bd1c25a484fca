import { datetime } from './datetime.ts'
import { readInstant, readMoment } from './readDate.ts'
import type { FieldType } from './types.ts'

const isDay = (value: unknown) => String(value).length === 10

/** A day, or a time of a day: as it is typed, so it is kept. */
export const moment: FieldType = {
  ...datetime,
  input: { day: 'either' },
  read: (text, _, format) => {
    const told = readMoment(text, format)
    const value = told?.timed ? readInstant(text, format) : (told?.wall.slice(0, 10) ?? null)
    return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
  },
  write: (value, about, format) =>
    isDay(value) ? format.plainDay(String(value)) : datetime.write(value, about, format),
  draft: (value, format) => (isDay(value) ? format.writtenDay(String(value)) : datetime.draft(value, format)),
}
