/** What pages put into the palette while they are shown: what can be done with the selection, or with the open record. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { PaletteGroup } from './CommandPalette.tsx'

let registry: readonly PaletteGroup[] = []
const listeners = new Set<() => void>()

function publish(next: readonly PaletteGroup[]): void {
  registry = next
  for (const listener of listeners) listener()
}

/** In the palette while mounted. It may be made anew on each render: only its words are compared. */
export function usePaletteGroup(group: PaletteGroup): void {
  const latest = useRef(group)
  useEffect(() => {
    latest.current = group
  })
  const shape = JSON.stringify([group.id, group.heading, group.items.map(({ id, label }) => [id, label])])
  useEffect(() => {
    const { id, heading, items } = latest.current
    if (items.length === 0) return
    const shown: PaletteGroup = {
      id,
      heading,
      items: items.map((item, place) => ({ ...item, run: () => latest.current.items[place]?.run() })),
    }
    publish([shown, ...registry])
    return () => publish(registry.filter((one) => one !== shown))
  }, [shape])
}

/** What was put in last comes first. */
export const usePaletteGroups = (): readonly PaletteGroup[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => registry,
  )
