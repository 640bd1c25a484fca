/** The jobs of this person whose progress the page shows. */
import { useSyncExternalStore } from 'react'

let followed: readonly string[] = []
const listeners = new Set<() => void>()

function publish(next: readonly string[]): void {
  followed = next
  for (const listener of listeners) listener()
}

export function followJob(id: string): void {
  if (!followed.includes(id)) publish([...followed, id])
}

export const unfollowJob = (id: string): void => publish(followed.filter((known) => known !== id))

export const useFollowedJobs = (): readonly string[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => followed,
  )
