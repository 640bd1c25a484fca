import { lazy, Suspense, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { CommandsContext } from './commands.ts'
import { useShellHotkeys } from './useShellHotkeys.ts'

const AppPalette = lazy(async () => ({ default: (await import('./AppPalette.tsx')).AppPalette }))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../ui/ShortcutsDialog.tsx')).ShortcutsDialog,
}))

type Layer = 'palette' | 'shortcuts' | null

/** The palette and the list of shortcuts, which any page can open; their code comes when they are first asked for. */
export function AppCommands({ children }: { children: ReactNode }) {
  const [layer, setLayer] = useState<Layer>(null)
  const [asked, setAsked] = useState<ReadonlySet<Layer>>(new Set())
  const commands = useMemo(() => {
    const open = (next: Layer) => {
      setAsked((before) => new Set(before).add(next))
      setLayer(next)
    }
    return { openPalette: () => open('palette'), openShortcuts: () => open('shortcuts') }
  }, [])
  useShellHotkeys(commands)
  const close = (open: boolean) => {
    if (!open) setLayer(null)
  }
  return (
    <CommandsContext value={commands}>
      {children}
      <Suspense fallback={null}>
        {asked.has('palette') ? <AppPalette open={layer === 'palette'} onOpenChange={close} /> : null}
        {asked.has('shortcuts') ? (
          <ShortcutsDialog open={layer === 'shortcuts'} onOpenChange={close} />
        ) : null}
      </Suspense>
    </CommandsContext>
  )
}
