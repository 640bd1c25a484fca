import { formatPhone } from '../phone.ts'
import { joinList, splitList } from './lists.ts'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const phones: FieldType = {
  ...written,
  width: 180,
  empty: [],
  read: (text) => ({ ok: true, value: splitList(text) }),
  write: (value, _, format) => joinList(value, (one) => formatPhone(one, format)),
}
