/** Questions whose value stands where two people changed the same field: asked one after the other, anywhere. */
import type { Activity } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'

/** The record that is disputed, as the dialog needs to know it. */
export type Disputed = {
  object: string
  id: string
  /** Its latest activities: they tell who set the other value, and when. */
  recent: () => Promise<Activity[]>
}

export type Dispute = {
  about: Disputed
  current: Readonly<Record<string, unknown>>
  /** What the person here wanted, by field. */
  mine: Readonly<Record<string, unknown>>
  /** The fields in which mine shall stand; null to decide later. */
  settle: (mine: ReadonlySet<string> | null) => void
}

let disputes: readonly Dispute[] = []
const listeners = new Set<() => void>()

function publish(next: readonly Dispute[]): void {
  disputes = next
  for (const listener of listeners) listener()
}

export function askWhose(
  about: Disputed,
  current: Dispute['current'],
  mine: Dispute['mine'],
): Promise<ReadonlySet<string> | null> {
  return new Promise((resolve) => {
    const dispute: Dispute = {
      about,
      current,
      mine,
      settle(chosen) {
        publish(disputes.filter((other) => other !== dispute))
        resolve(chosen)
      },
    }
    publish([...disputes, dispute])
  })
}

/** The one to be settled now. */
export function useDispute(): Dispute | null {
  const [first = null] = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => disputes,
  )
  return first
}
