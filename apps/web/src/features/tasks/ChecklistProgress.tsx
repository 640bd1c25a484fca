import type { ChecklistItem } from '@rapport/contracts'
import { useChecklistProgress } from './useChecklistProgress.ts'

export function ChecklistProgress({ items }: { items: readonly ChecklistItem[] }) {
  const progressOf = useChecklistProgress()
  return items.length === 0 ? null : <span className="text-muted tabular">{progressOf(items)}</span>
}
