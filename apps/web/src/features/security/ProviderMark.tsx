import type { ProviderKey } from '@rapport/contracts'
import { Building2, KeyRound } from 'lucide-react'

/** A letter instead of a logo: their owners want theirs shown in ways that no theme of ours can promise. */
export function ProviderMark({ provider }: { provider: ProviderKey }) {
  if (provider === 'oidc') return <KeyRound className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
  if (provider === 'microsoft')
    return <Building2 className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
  return (
    <span
      aria-hidden
      className="flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong text-11 font-semibold"
    >
      G
    </span>
  )
}
