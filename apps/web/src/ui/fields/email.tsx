import { Mail } from 'lucide-react'
import { LinkLook } from './LinkLook.tsx'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
const letterTo = (address: string) => `mailto:${address}`

export const email: FieldType = {
  ...written,
  width: 220,
  input: { inputMode: 'email' },
  read: (text) => (isEmail(text) ? { ok: true, value: text } : { ok: false, reason: 'email' }),
  link: { icon: Mail, label: 'table.link.email', to: letterTo },
  Look: ({ text }) => <LinkLook href={letterTo(text)} text={text} />,
}
