/**
 * Keeps what is typed between the key that opens a field and the moment when that field can take it: whoever types on
 * at once loses nothing, and no letter is taken for a shortcut of the page.
 * @param onEscape is told when somebody thinks better of it meanwhile.
 * @returns ends it and answers what was typed; again and again nothing.
 */
export function keepTyped(onEscape: () => void): () => string {
  let typed = ''
  const keep = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Escape') onEscape()
    else if (event.key === 'Backspace') typed = typed.slice(0, -1)
    else if (event.key.length === 1) typed += event.key
    else if (event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
  }
  /** Whoever goes somewhere else writes there. */
  const end = () => {
    window.removeEventListener('keydown', keep, { capture: true })
    window.removeEventListener('pointerdown', end, { capture: true })
    window.removeEventListener('focusin', end, { capture: true })
  }
  window.addEventListener('keydown', keep, { capture: true })
  window.addEventListener('pointerdown', end, { capture: true })
  window.addEventListener('focusin', end, { capture: true })
  return () => {
    end()
    const all = typed
    typed = ''
    return all
  }
}
