import type { View } from '@rapport/contracts'
import type { Arrangement, Part } from './address.ts'

/** A list as the address has it, and what can be done to how it is shown. */
export type ViewHandle = {
  saved: View | null
  arrangement: Arrangement
  changed: boolean
  arrange: <P extends Part>(part: P, value: Arrangement[P], replace?: boolean) => void
  choose: (id: string) => void
  reset: () => void
  /** Where ready-made arrangements are offered. */
  startOver?: (known: Record<string, string>) => void
}

export type FieldChoice = { value: string; label: string }
