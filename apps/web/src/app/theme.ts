import { useSyncExternalStore } from 'react'
import { noteChoice } from './choices.ts'

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

const STORAGE_KEY = 'rapport.theme'
const BAR_COLOURS = { light: '#f7f7f8', dark: '#0f1013' }

const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

export function readTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY)
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

/** What is on the screen: “system” resolved. */
export function shownTheme(): 'light' | 'dark' {
  const theme = readTheme()
  if (theme !== 'system') return theme
  return system.matches ? 'dark' : 'light'
}

/** public/theme.js does this before the first paint. */
function applyTheme(): void {
  const shown = shownTheme()
  document.documentElement.dataset['theme'] = shown
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', BAR_COLOURS[shown])
  for (const listener of listeners) listener()
}

/** Shows it, without taking it for a choice made here. */
export function adoptTheme(theme: Theme): void {
  if (theme === readTheme()) return
  localStorage.setItem(STORAGE_KEY, theme)
  applyTheme()
}

export function changeTheme(theme: Theme): void {
  adoptTheme(theme)
  noteChoice({ theme })
}

export function toggleTheme(): void {
  changeTheme(shownTheme() === 'dark' ? 'light' : 'dark')
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme)
}

system.addEventListener('change', applyTheme)
// A choice made in another tab counts here too.
addEventListener('storage', (event) => {
  if (event.key === STORAGE_KEY) applyTheme()
})
