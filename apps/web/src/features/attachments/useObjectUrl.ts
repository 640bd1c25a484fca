import { useCallback, useSyncExternalStore } from 'react'

type Held = { url: string; users: number }
const held = new WeakMap<Blob, Held>()

/** An address of the blob for as long as anything on screen shows it. */
export function useObjectUrl(blob: Blob | undefined): string | null {
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!blob) return () => undefined
      const known = held.get(blob) ?? { url: URL.createObjectURL(blob), users: 0 }
      known.users += 1
      held.set(blob, known)
      changed()
      return () => {
        known.users -= 1
        if (known.users > 0) return
        held.delete(blob)
        URL.revokeObjectURL(known.url)
      }
    },
    [blob],
  )
  return useSyncExternalStore(subscribe, () => (blob ? (held.get(blob)?.url ?? null) : null))
}
