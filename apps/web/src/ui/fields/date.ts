import { loadWords } from './dateWords.ts'
import { readWall } from './readDate.ts'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const date: FieldType = {
  ...written,
  width: 130,
  filter: 'date',
  input: { day: 'alone' },
  prepare: ({ locale }) => loadWords(locale),
  read: (text, _, format) => {
    const value = readWall(text, format)?.slice(0, 10) ?? null
    return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
  },
  write: (value, _, format) => {
    const day = String(value)
    return day.length === 10 ? format.plainDay(day) : format.date(day)
  },
  draft: (value, format) => format.writtenDay(String(value).slice(0, 10)),
}
