import { draftNumber, readNumber } from './readNumber.ts'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const number: FieldType = {
  ...written,
  align: 'end',
  filter: 'number',
  begins: /[\d.,+-]/,
  input: { inputMode: 'decimal' },
  read: (text, _, format) => {
    const value = readNumber(text, format.locale)
    return value === null ? { ok: false, reason: 'number' } : { ok: true, value }
  },
  write: (value, _, format) => (typeof value === 'number' ? format.number(value) : String(value)),
  draft: (value, format) => draftNumber(value, format.locale),
}
