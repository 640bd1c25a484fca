import { useRecurrenceWords } from './useRecurrenceWords.ts'

export function RecurrenceText({ rule }: { rule: unknown }) {
  const words = useRecurrenceWords()
  return typeof rule === 'string' ? <span className="truncate text-muted">{words(rule)}</span> : null
}
