import { useSyncExternalStore } from 'react'

const highlightMs = 2_000

let highlighted: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

function publish(next: ReadonlySet<string>): void {
  highlighted = next
  for (const listener of listeners) listener()
}

/** Records that somebody else changed a moment ago: they get a soft highlight. */
export function useHighlightedRecords(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => highlighted,
  )
}

export function highlight(id: string): void {
  publish(new Set([...highlighted, id]))
  setTimeout(() => publish(new Set([...highlighted].filter((known) => known !== id))), highlightMs)
}
