import { useEffect, useState } from 'react'
import type { PaletteGroup, PaletteSearch } from './CommandPalette.tsx'

const PAUSE_MS = 120
const SHORTEST = 2

type State = { query: string; found: PaletteGroup[]; failed: boolean }

const NOTHING: State = { query: '', found: [], failed: false }

/**
 * Asks after a short pause in typing and drops answers that are overtaken. Earlier results stay until the new ones
 * are there, so that the list does not flicker.
 */
export function usePaletteSearch(search: PaletteSearch | undefined, query: string) {
  const [state, setState] = useState(NOTHING)
  const active = search !== undefined && query.length >= SHORTEST
  useEffect(() => {
    if (!active) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      search(query, controller.signal).then(
        (found) => setState({ query, found, failed: false }),
        () => {
          if (!controller.signal.aborted) setState({ query, found: [], failed: true })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [active, search, query])
  if (!active) return { found: [], searching: false, failed: false }
  return { found: state.found, searching: state.query !== query, failed: state.failed }
}
