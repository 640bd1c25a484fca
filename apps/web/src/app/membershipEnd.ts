/** Whoever learns that the person on screen is a member here no longer says so; the shell leads them out. */
const listeners = new Set<() => void>()

export function noticeEndedMembership(): void {
  for (const listener of listeners) listener()
}

export function onMembershipEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
