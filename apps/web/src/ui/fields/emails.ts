import { isEmail } from './email.tsx'
import { joinList, splitList } from './lists.ts'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const emails: FieldType = {
  ...written,
  width: 220,
  empty: [],
  read: (text) => {
    const value = splitList(text)
    return value.every(isEmail) ? { ok: true, value } : { ok: false, reason: 'email' }
  },
  write: (value) => joinList(value),
}
