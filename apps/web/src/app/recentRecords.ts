/** The records that somebody opened last, for the palette. Kept on the device, for one person in one organization. */
import { useEffect, useSyncExternalStore } from 'react'

export type RecentRecord = { object: string; id: string; title: string }

const prefix = 'rapport.recent.'
const most = 6
const listeners = new Set<() => void>()
const none: readonly RecentRecord[] = []

let held: { key: string; text: string | null; records: readonly RecentRecord[] } = {
  key: '',
  text: null,
  records: none,
}

function read(key: string): readonly RecentRecord[] {
  const text = localStorage.getItem(key)
  if (held.key === key && held.text === text) return held.records
  held = { key, text, records: parse(text) }
  return held.records
}

function parse(text: string | null): readonly RecentRecord[] {
  if (text === null) return none
  try {
    return JSON.parse(text) as RecentRecord[]
  } catch {
    return none // whatever wrote this, it is no list of ours
  }
}

const keyOf = (owner: string): string => prefix + owner

/** @param owner the person and the organization. */
export function useRemembered(owner: string, { object, id, title }: RecentRecord): void {
  useEffect(() => {
    const others = read(keyOf(owner)).filter((one) => one.id !== id)
    localStorage.setItem(keyOf(owner), JSON.stringify([{ object, id, title }, ...others].slice(0, most)))
    for (const listener of listeners) listener()
  }, [owner, object, id, title])
}

export const useRecentRecords = (owner: string): readonly RecentRecord[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => read(keyOf(owner)),
  )

/** Names of records do not wait for whoever uses this browser next. */
export function forgetRecents(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}
