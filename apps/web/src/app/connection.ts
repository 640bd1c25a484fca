import { useSyncExternalStore } from 'react'

/** Read-only mode as the server tells it; `notice` is the operator's own words and may be empty. */
export type Maintenance = { notice: string; since: string }

/**
 * How the app stands with the server. `idle` until real time is first asked for (on the log-in pages there is none);
 * `maintenance` while everything can only be read.
 */
export type Connection = 'idle' | 'live' | 'connecting' | 'reconnecting' | 'offline' | 'maintenance'

type Realtime = 'idle' | 'live' | 'connecting' | 'reconnecting'

let realtime: Realtime = 'idle'
let maintenance: Maintenance | null = null
/** After a 503, until an answer comes through again: a server that is being restarted says no more than that. */
let unavailable = false
const listeners = new Set<() => void>()

function publish(): void {
  for (const listener of listeners) listener()
}

export function readConnection(): Connection {
  if (!navigator.onLine) return 'offline'
  if (maintenance || unavailable) return 'maintenance'
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
  if (now === unavailable) return
  unavailable = now
  publish()
}

/** Told by the socket as it happens, and by what is read now and then where there is none. */
export function reportMaintenance(state: Maintenance | null): void {
  if (state?.since === maintenance?.since && state?.notice === maintenance?.notice) return
  maintenance = state
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

/** The operator's words about the maintenance that is on, if there are any. */
export function useMaintenanceNotice(): string {
  return useSyncExternalStore(subscribe, () => maintenance?.notice ?? '')
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, readConnection)
}
