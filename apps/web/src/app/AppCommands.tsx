import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { keepTyped } from '../ui/typeAhead.ts'
import { CommandsContext } from './commands.ts'
import { useShellHotkeys } from './useShellHotkeys.ts'

const loadPalette = () => import('./AppPalette.tsx')
const AppPalette = lazy(async () => ({ default: (await loadPalette()).AppPalette }))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../ui/ShortcutsDialog.tsx')).ShortcutsDialog,
}))

type Layer = 'palette' | 'shortcuts' | null

/**
 * The palette and the list of shortcuts, which any page can open. The code of the palette comes when the page has come to
 * rest, that of the list when it is first asked for.
 */
export function AppCommands({ children }: { children: ReactNode }) {
  const [layer, setLayer] = useState<Layer>(null)
  const [asked, setAsked] = useState<ReadonlySet<Layer>>(new Set())
  const shown = useRef<Layer>(null)
  const takeTyped = useRef<() => string>(() => '')
  const commands = useMemo(() => {
    const open = (next: Layer) => {
      if (next === shown.current) return
      shown.current = next
      takeTyped.current()
      if (next === 'palette') takeTyped.current = keepTyped(() => open(null))
      setAsked((before) => new Set(before).add(next))
      setLayer(next)
    }
    return {
      openPalette: () => open('palette'),
      openShortcuts: () => open('shortcuts'),
      close: () => open(null),
    }
  }, [])
  useEffect(() => whenIdle(() => void loadPalette().catch(() => undefined)), []) // asked for again when it is opened
  useShellHotkeys(commands)
  const close = (open: boolean) => {
    if (!open) commands.close()
  }
  return (
    <CommandsContext value={commands}>
      {children}
      <Suspense fallback={null}>
        {asked.has('palette') ? (
          <AppPalette open={layer === 'palette'} onOpenChange={close} takeTyped={() => takeTyped.current()} />
        ) : null}
        {asked.has('shortcuts') ? (
          <ShortcutsDialog open={layer === 'shortcuts'} onOpenChange={close} />
        ) : null}
      </Suspense>
    </CommandsContext>
  )
}

/** Safari does not tell when it is idle. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 2_000)
    return () => clearTimeout(timer)
  }
  const id = requestIdleCallback(run, { timeout: 5_000 })
  return () => cancelIdleCallback(id)
}
