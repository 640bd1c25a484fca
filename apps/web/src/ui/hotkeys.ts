/**
 * Keyboard shortcuts: one listener for the whole document and a registry that the `?` dialog reads. Keys are spelled
 * `c`, `?`, `mod+k` (⌘ on Apple, Ctrl elsewhere) or as a sequence, `g l`. What was registered last wins, so a panel
 * over a list takes its keys until it closes.
 */
export type Hotkey = {
  keys: string
  /** Shown in the `?` dialog. */
  label: string
  group: string
  run: (event: KeyboardEvent) => void
}

const SEQUENCE_MS = 1_000

let registry: readonly Hotkey[] = []
let typed: { keys: string; at: number } = { keys: '', at: 0 }
const listeners = new Set<() => void>()

function publish(next: readonly Hotkey[]): void {
  registry = next
  for (const listener of listeners) listener()
}

export function registerHotkeys(hotkeys: readonly Hotkey[]): () => void {
  if (registry.length === 0) document.addEventListener('keydown', onKeyDown)
  publish([...registry, ...hotkeys])
  return () => {
    publish(registry.filter((hotkey) => !hotkeys.includes(hotkey)))
    if (registry.length === 0) document.removeEventListener('keydown', onKeyDown)
  }
}

export function readHotkeys(): readonly Hotkey[] {
  return registry
}

export function subscribeHotkeys(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** How the registry spells the key that was pressed. Shift is part of the character (`?`), not of the spelling. */
export function spellKey(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>): string {
  const key = event.key.toLowerCase()
  const alt = event.altKey ? 'alt+' : ''
  return event.metaKey || event.ctrlKey ? `mod+${alt}${key}` : `${alt}${key}`
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input:not([type=checkbox],[type=radio]), textarea, select') !== null
  )
}

/** Menus, selects and modal dialogs mark themselves with data-layer: while one is open it owns the keyboard. */
function isUnderLayer(): boolean {
  return document.querySelector('[data-layer]') !== null
}

function find(keys: string): Hotkey | undefined {
  return registry.findLast((hotkey) => hotkey.keys === keys)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const key = spellKey(event)
  const withModifier = key.startsWith('mod+')
  if (!withModifier && (isTyping(event.target) || isUnderLayer())) return
  const now = Date.now()
  const sequence = now - typed.at < SEQUENCE_MS ? `${typed.keys} ${key}` : key
  const hotkey = find(sequence) ?? find(key)
  typed = hotkey ? { keys: '', at: 0 } : { keys: key, at: now }
  if (!hotkey) return
  event.preventDefault()
  hotkey.run(event)
}
