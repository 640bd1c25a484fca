/** The emoji that are at hand without a search: those that this device used last, and some for the start. */
import { useSyncExternalStore } from 'react'

const key = 'rapport.emoji'
const most = 8
const start = ['👍', '❤️', '😂', '🎉', '✅', '👀', '🙏', '🔥']

let held: { text: string | null; signs: readonly string[] } = { text: null, signs: start }
const listeners = new Set<() => void>()

function read(): readonly string[] {
  const text = localStorage.getItem(key)
  if (text === held.text) return held.signs
  held = { text, signs: [...new Set([...(text ?? '').split(' ').filter(Boolean), ...start])].slice(0, most) }
  return held.signs
}

export function noteUsedEmoji(sign: string): void {
  localStorage.setItem(key, [sign, ...read().filter((one) => one !== sign)].slice(0, most).join(' '))
  for (const listener of listeners) listener()
}

export const useUsedEmoji = (): readonly string[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
