/** Whoever sees a 401 says so here; the shell, which knows the router, leads to the log-in page. */
const listeners = new Set<() => void>()

export function noticeEndedSession(): void {
  for (const listener of listeners) listener()
}

export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
