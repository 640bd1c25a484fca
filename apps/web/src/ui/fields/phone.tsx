import { Phone } from 'lucide-react'
import { callTo, formatPhone } from '../phone.ts'
import { LinkLook } from './LinkLook.tsx'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const phone: FieldType = {
  ...written,
  begins: /[\d+(]/,
  input: { type: 'tel', inputMode: 'tel' },
  write: (value, _, format) => formatPhone(String(value), format),
  link: { icon: Phone, label: 'table.link.call', to: callTo },
  Look: ({ value, text }) => <LinkLook href={callTo(String(value))} text={text} />,
}
