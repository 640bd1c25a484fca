import { StagePill } from '../../ui/StagePill.tsx'
import type { RecordKind } from './kinds.ts'
import { useChoices } from './useChoices.ts'
import { useFields } from './useFields.ts'

/** How far a record is, at a glance: the choice that its kind shows where there is little room. */
export function RecordBadge({ kind, value }: { kind: RecordKind; value: unknown }) {
  const field = useFields(kind.object).get(kind.badge ?? '')
  const choicesOf = useChoices(kind.object)
  const choice = field && choicesOf(field)?.all.find((one) => one.value === value)
  return choice?.hue ? <StagePill hue={choice.hue}>{choice.label}</StagePill> : null
}
