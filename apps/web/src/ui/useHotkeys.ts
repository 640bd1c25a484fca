import { useEffect, useRef, useSyncExternalStore } from 'react'
import { readHotkeys, registerHotkeys, subscribeHotkeys } from './hotkeys.ts'
import type { Hotkey } from './hotkeys.ts'

export type { Hotkey } from './hotkeys.ts'

/** Registers while mounted. The list may be made anew on each render: only keys, labels and groups are compared. */
export function useHotkeys(hotkeys: readonly Hotkey[], enabled = true): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  const shape = JSON.stringify(hotkeys.map(({ keys, label, group }) => [keys, label, group]))
  useEffect(() => {
    if (!enabled) return
    const parsed = latest.current.map((hotkey, index) => ({
      keys: hotkey.keys,
      label: hotkey.label,
      group: hotkey.group,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }))
    return registerHotkeys(parsed)
  }, [shape, enabled])
}

/** All that can be pressed now, for the `?` dialog. */
export function useRegisteredHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(subscribeHotkeys, readHotkeys)
}
