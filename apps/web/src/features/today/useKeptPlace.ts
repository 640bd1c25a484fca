import { useEffect, useRef, type RefObject } from 'react'

/** A dialog or a menu that is closing still holds the focus for a moment. */
const step_ms = 60

type Place = {
  list: RefObject<HTMLElement | null>
  ids: readonly string[]
  selected: string | null
  select: (id: string | null) => void
}

/** What is done leaves the list and takes the focus with it: the one that comes into its place gets both. */
export function useKeptPlace({ list, ids, selected, select }: Place): void {
  const last = useRef(0)
  const owed = useRef(false)
  const at = selected === null ? -1 : ids.indexOf(selected)
  useEffect(() => {
    if (at !== -1) last.current = at
    else if (selected !== null) {
      owed.current = true
      select(ids[Math.min(last.current, ids.length - 1)] ?? null)
    }
  }, [at, selected, ids, select])

  useEffect(() => {
    if (!owed.current || selected === null) return
    const timer = window.setInterval(() => {
      const focused = document.activeElement
      const isLost = focused === null || focused === document.body
      // What is being asked comes first; afterwards the focus is left to nothing.
      if (!isLost && focused.closest('[role=dialog], [role=menu]')) return
      if (isLost) list.current?.querySelector<HTMLElement>(`[data-row="${selected}"]`)?.focus()
      owed.current = false
      window.clearInterval(timer)
    }, step_ms)
    return () => window.clearInterval(timer)
  })
}
