import { useSyncExternalStore } from 'react'

/**
 * How the app stands with the server. `idle` until real time is first asked for (on the log-in pages there is none);
 * `maintenance` after a 503 until an answer comes through again.
 */
export type Connection = 'idle' | 'live' | 'connecting' | 'reconnecting' | 'offline' | 'maintenance'

type Realtime = 'idle' | 'live' | 'connecting' | 'reconnecting'

let realtime: Realtime = 'idle'
let maintenance = false
const listeners = new Set<() => void>()

function publish(): void {
  for (const listener of listeners) listener()
}

export function readConnection(): Connection {
  if (!navigator.onLine) return 'offline'
  if (maintenance) return 'maintenance'
  return realtime
}

/** The real-time client tells what its socket does. */
export function reportRealtime(state: Realtime): void {
  if (state === realtime) return
  realtime = state
  publish()
}

/** The API client tells the status of every answer. */
export function reportAnswer(status: number): void {
  const now = status === 503
  if (now === maintenance) return
  maintenance = now
  publish()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('online', publish)
    addEventListener('offline', publish)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    removeEventListener('online', publish)
    removeEventListener('offline', publish)
  }
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, readConnection)
}
