import { ArrowUpRight } from 'lucide-react'
import { LinkLook } from './LinkLook.tsx'
import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const url: FieldType = {
  ...written,
  width: 180,
  input: { inputMode: 'url' },
  // People write `acme.com`; the address needs its scheme.
  read: (text) => {
    const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
    const isWeb = URL.parse(address)?.hostname.includes('.') === true && webAddress(address) !== undefined
    return isWeb ? { ok: true, value: address } : { ok: false, reason: 'url' }
  },
  link: { icon: ArrowUpRight, label: 'table.link.visit', outside: true, to: webAddress },
  Look: ({ text }) => (
    <LinkLook href={webAddress(text)} text={text.replace(/^https?:\/\/(www\.)?/, '')} outside />
  ),
}

/** Stored text decides where a link goes, so only web addresses become links. */
function webAddress(text: string): string | undefined {
  const found = URL.parse(text)
  return found && /^https?:$/.test(found.protocol) ? found.href : undefined
}
