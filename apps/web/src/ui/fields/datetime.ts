import { date } from './date.ts'
import { readInstant } from './readDate.ts'
import type { FieldType } from './types.ts'

export const datetime: FieldType = {
  ...date,
  width: 190,
  input: { day: 'timed' },
  read: (text, _, format) => {
    const value = readInstant(text, format)
    return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
  },
  write: (value, _, format) => format.dateTime(String(value)),
  draft: (value, format) => {
    const [day = '', time = ''] = format.wall(new Date(String(value))).split('T')
    return `${format.writtenDay(day)} ${time}`
  },
}
