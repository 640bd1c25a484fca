/** What this window has on screen: a record, a channel, an import. Whoever looks at it needs no telling of it. */
import { useEffect } from 'react'

type Shown = { object: string; id: string }

const shown = new Set<Shown>()
const listeners = new Set<() => void>()

const publish = (): void => {
  for (const listener of listeners) listener()
}

export function useShown(object: string, id: string): void {
  useEffect(() => {
    const one = { object, id }
    shown.add(one)
    publish()
    return () => {
      shown.delete(one)
      publish()
    }
  }, [object, id])
}

/** Somebody looks at it now: it is on screen, and theirs is the window that they are in. */
export const isLookedAt = (object: string, id: string | null): boolean =>
  document.visibilityState === 'visible' &&
  document.hasFocus() &&
  [...shown].some((one) => one.object === object && one.id === id)

/** Told whenever something else is looked at. */
export function onLooking(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('focus', listener)
  document.addEventListener('visibilitychange', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('focus', listener)
    document.removeEventListener('visibilitychange', listener)
  }
}
