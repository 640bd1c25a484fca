import { useSyncExternalStore } from 'react'

const STORAGE_KEY = 'rapport.sidebar'
const listeners = new Set<() => void>()

function isCollapsed(): boolean {
  return localStorage.getItem(STORAGE_KEY) === 'collapsed'
}

export function toggleSidebar(): void {
  localStorage.setItem(STORAGE_KEY, isCollapsed() ? 'open' : 'collapsed')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSidebarCollapsed(): boolean {
  return useSyncExternalStore(subscribe, isCollapsed)
}
