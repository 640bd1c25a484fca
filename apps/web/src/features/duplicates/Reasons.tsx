import type { DuplicateReason } from '@rapport/contracts'
import { Check, X } from 'lucide-react'
import { useReasonWords } from './useReasonWords.ts'

/** What says little is left out. */
const telling = 1
const shown = 6

/** What speaks for the two being the same, and what against. */
export function Reasons({ object, reasons }: { object: string; reasons: readonly DuplicateReason[] }) {
  const wordsOf = useReasonWords(object)
  const told = reasons.filter(({ weight }) => Math.abs(weight) >= telling).slice(0, shown)
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-12 text-muted">
      {told.map((reason) => {
        const Icon = reason.weight > 0 ? Check : X
        return (
          <li key={reason.field} className="inline-flex items-center gap-1">
            <Icon className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
            {wordsOf(reason)}
          </li>
        )
      })}
    </ul>
  )
}
